import type { MemberColumn } from './member-mapping.ts';

/** Words with spaces or line ends between them. */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/**
 * Words that headers use, folded: lower case, without accents, spaces and signs. The whole header must be one of
 * them. English, German, French, Spanish, Dutch, Chinese.
 */
export const headerWords: Readonly<Record<MemberColumn | 'emailConsent' | 'smsConsent', readonly string[]>> =
  {
    member: words(`
    member memberid memberno membernumber customerid customerno customernumber loyaltyid
    loyaltynumber kundennummer kundennr kdnr mitgliedsnummer numeroclient numerodeclient
    numeroadherent clientid numerocliente numerodecliente numerosocio numerodesocio klantnummer
    klantnr lidnummer 会员号 会员编号 会员id 客户编号
  `),
    card: words(`
    cardnumber cardno kartennummer numerodecarte numerotarjeta kaartnummer pasnummer 会员卡号 卡号
    loyaltycard kundenkarte cartedefidelite klantenkaart
  `),
    phone: words(`
    phone phonenumber mobile mobilephone mobilenumber cellphone tel telephone telefon
    telefonnummer handy handynummer mobil mobiltelefon mobilnummer telefono movil telefonomovil
    numerodetelefono portable telephoneportable numerodetelephone telefoon telefoonnummer mobiel
    mobielnummer 手机 手机号 手机号码 电话 联系电话
  `),
    email: words(`
    email emailaddress mail emailadresse mailadresse courriel adresseemail adressemail correo
    correoelectronico emailadres mailadres 邮箱 电子邮箱 电子邮件
  `),
    wechat: words(`wechat wechatopenid openid 微信 微信openid`),
    name: words(`
    name fullname customername kundenname nomcomplet nombrecompleto volledigenaam naam 姓名 会员姓名
    客户姓名
  `),
    firstName: words(`firstname givenname forename vorname prenom nombre voornaam 名 名字`),
    lastName: words(`
    lastname surname familyname nachname familienname nom nomdefamille apellido apellidos
    achternaam 姓 姓氏
  `),
    birthday: words(`
    birthday birthdate dateofbirth dob geburtstag geburtsdatum datedenaissance naissance
    fechadenacimiento fechanacimiento geboortedatum verjaardag 生日 出生日期 出生年月日
  `),
    street: words(`
    street address address1 addressline1 strasse anschrift adresse rue calle direccion straat
    adres 地址 详细地址
  `),
    houseNumber: words(`housenumber houseno hausnummer hausnr numeroderue huisnummer 门牌号`),
    postcode: words(`postcode postalcode zip zipcode plz postleitzahl codepostal codigopostal 邮编 邮政编码`),
    city: words(`city town ort stadt wohnort ville ciudad localidad plaats woonplaats stad 城市 市`),
    region: words(`region state province bundesland departement provincia provincie 省 省份`),
    country: words(`country countrycode land pays pais 国家`),
    language: words(`language locale sprache langue idioma taal 语言`),
    homeStore: words(`
    store homestore shop branch filiale stammfiliale magasin boutique tienda winkel filiaal 门店
    开卡门店 所属门店
  `),
    enrolledAt: words(`
    enrolledat enrolled joined joinedat membersince registered registeredat signupdate createdat
    created mitgliedseit kundeseit beitritt beitrittsdatum angelegtam dateinscription inscritle
    datedinscription fechadealta alta lidsinds klantsinds aanmelddatum 注册时间 注册日期 入会时间 入会日期 开卡日期
  `),
    updatedAt: words(`
    updatedat updated lastupdated modified modifiedat lastmodified geaendertam aktualisiertam
    modifiele datedemodification actualizado gewijzigdop 更新时间 修改时间
  `),
    emailConsent: words(`
    emailconsent newsletter emailoptin emailmarketing acceptsemailmarketing acceptsmarketing
    marketingconsent einwilligungemail newslettereinwilligung consentementemail
    consentimientoemail nieuwsbrief 邮件订阅 接受邮件
  `),
    smsConsent: words(`
    smsconsent smsoptin smsmarketing acceptssmsmarketing einwilligungsms consentementsms
    consentimientosms smstoestemming 短信订阅 接受短信
  `),
  };

/** Words for yes and no in consents, for a first suggestion. */
export const yesWords = [
  'yes',
  'y',
  'true',
  '1',
  'x',
  'ja',
  'j',
  'oui',
  'o',
  'vrai',
  'si',
  'sí',
  's',
  '是',
  '同意',
  '接受',
];
export const noWords = ['no', 'n', 'false', '0', 'nein', 'non', 'faux', 'nee', '否', '不同意', '拒绝'];
