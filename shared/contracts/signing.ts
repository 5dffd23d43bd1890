/** The name under which signed requests stand in the Authorization header. */
export const SIGNING_SCHEME = 'Clientele-HMAC-SHA256';

/** How far the time of a signature may lie from the server's, either way. */
export const SIGNING_WINDOW_SECONDS = 300;
