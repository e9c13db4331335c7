/**
 * The one file that imports Microsoft's Bot Framework SDK, which is archived: its successor is a
 * change of this file. It checks the token that a request came with: signature, expiry, issuer,
 * audience and service address. It takes about half a second to load, so it is imported only where
 * Teams is on. Nothing of a token may get out of here, and no doubt lets one in.
 */
import { ConfigurationBotFrameworkAuthentication, type Activity as SdkActivity } from 'botbuilder';

export interface TokenCheckOptions {
  readonly appId: string;
  readonly openIdUrl: string;
  readonly issuer: string;
}

export type TokenCheck = (
  authorization: string,
  activity: { readonly channelId: string; readonly serviceUrl: string },
) => Promise<'authentic' | 'refused'>;

export function tokenCheck({ appId, openIdUrl, issuer }: TokenCheckOptions): TokenCheck {
  const authentication = new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: appId,
    MicrosoftAppType: 'MultiTenant',
    ToBotFromChannelTokenIssuer: issuer,
    ToBotFromChannelOpenIdMetadataUrl: openIdUrl,
    // The emulator's tokens are refused below, by their issuer.
    ToBotFromEmulatorOpenIdMetadataUrl: openIdUrl,
    ToChannelFromBotOAuthScope: issuer,
  });
  return async (authorization, { channelId, serviceUrl }) => {
    try {
      // These are all that the check reads of an activity.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      const asked = { type: 'message', channelId, serviceUrl } as SdkActivity;
      const { claimsIdentity } = await authentication.authenticateRequest(asked, authorization);
      const holds =
        claimsIdentity.isAuthenticated &&
        claimsIdentity.getClaimValue('iss') === issuer &&
        claimsIdentity.getClaimValue('aud') === appId &&
        claimsIdentity.getClaimValue('serviceurl') === serviceUrl;
      return holds ? 'authentic' : 'refused';
    } catch {
      // A wrong key and `alg: none` make it throw; so does everything else that is not right.
      return 'refused';
    }
  };
}
