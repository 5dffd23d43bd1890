/**
 * Stands in for @aws-sdk/credential-provider-node in bundles (lib/bundling.ts). Lambda hands the role's
 * credentials over in the environment, for as long as the environment lives; the other ways that package
 * knows (profiles, single sign-on, instance metadata) are 100 KB that a function would load in vain.
 */
export const defaultProvider = () => async () => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  return {
    accessKeyId: AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: AWS_SECRET_ACCESS_KEY ?? '',
    ...(AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: AWS_SESSION_TOKEN }),
  };
};
