package dev.optr.agents.microsoft;

import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.base.Secret;
import java.util.Base64;
import java.util.Optional;

/**
 * What a token of Entra says of itself (learn.microsoft.com, "Access token claims reference").
 * Nobody has checked its signature: good for a hint, never for a decision.
 */
record TokenClaims(JsonObject claims) {
  /** Empty where the token is opaque. */
  static Optional<TokenClaims> of(Secret token) {
    String[] parts = token.reveal().split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      byte[] payload = Base64.getUrlDecoder().decode(parts[1]);
      return Optional.of(new TokenClaims(JsonReader.readObject(payload)));
    } catch (IllegalArgumentException | JsonException opaque) {
      return Optional.empty();
    }
  }

  /** True where it was given to an application itself, not to one that acts for a user. */
  boolean areOfAnApplication() {
    boolean onlyRoles = claims.get("scp") == null && !claims.array("roles").isEmpty();
    return "app".equals(claims.text("idtyp")) || onlyRoles;
  }
}
