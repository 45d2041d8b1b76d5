package dev.optr.agents.microsoft;

import dev.optr.agents.HttpReply;
import dev.optr.agents.ProviderFailure;
import dev.optr.base.JsonObject;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The error body that Direct Line, Graph and Work IQ share: {@code {"error": {code, message}}}. */
final class MicrosoftError {
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.]{1,60}");

  private MicrosoftError() {}

  static ProviderFailure of(HttpReply reply) {
    return reply.json().map(body -> of(body.object("error"))).orElse(ProviderFailure.UNKNOWN);
  }

  private static ProviderFailure of(JsonObject error) {
    @Nullable String code = error.text("code");
    @Nullable String message = error.text("message");
    @Nullable String known = code != null && CODE.matcher(code).matches() ? code : null;
    // Codes are stable, messages are not: both are shown.
    return new ProviderFailure(null, known, said(known, message));
  }

  private static @Nullable String said(@Nullable String code, @Nullable String message) {
    if (message == null || message.isBlank()) {
      return code;
    }
    return code == null ? message : code + ": " + message;
  }
}
