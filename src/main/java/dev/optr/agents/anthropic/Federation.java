package dev.optr.agents.anthropic;

import dev.optr.agents.FailureCode;
import dev.optr.agents.GitHubIdentity;
import dev.optr.agents.HttpReply;
import dev.optr.agents.LaneRequests;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.Retries;
import dev.optr.agents.Turn;
import dev.optr.agents.WireJson;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token that Anthropic gives in exchange for the job's identity (platform.claude.com, "Workload
 * Identity Federation"; RFC 7523). It is fetched when it is first needed, kept for this lane until
 * shortly before it expires, and fetched again once where it is refused earlier.
 */
final class Federation implements ClaudeCredential {
  private static final String BETA = "oauth-2025-04-20";
  // With less than this left the vendor's own clients do not use a token either.
  private static final Duration LEAST_LEFT = Duration.ofSeconds(30);
  private static final int LONGEST_ASSERTION = 16 * 1024;
  // RFC 6749, section 5.2: these alone are no input that is repeated.
  private static final Set<String> CODES =
      Set.of(
          "invalid_request",
          "invalid_client",
          "invalid_grant",
          "unauthorized_client",
          "unsupported_grant_type",
          "invalid_scope",
          "access_denied");

  private final AnthropicApi api;
  private final FederationRule rule;
  private final GitHubIdentity identity;
  private @Nullable Token token;
  private boolean renewed;

  Federation(AnthropicApi api, FederationRule rule, GitHubIdentity identity) {
    this.api = api;
    this.rule = rule;
    this.identity = identity;
  }

  private record Token(Secret value, Instant expires) {}

  @Override
  public String description() {
    return "the lane's 'oidc': its federation rule must match the job's identity token, and the"
        + " Claude Console shows on its page Workload identity why it did not";
  }

  @Override
  public Access access(LaneRequests requests) throws InterruptedException {
    @Nullable Token held = token;
    if (held != null && requests.now().plus(LEAST_LEFT).isBefore(held.expires())) {
      return granted(held);
    }
    return switch (identity.token(rule.audience(), requests)) {
      case GitHubIdentity.Refused refused -> new Refused(refused.turn());
      case GitHubIdentity.Issued(Secret jwt) -> exchange(jwt, requests);
    };
  }

  @Override
  public boolean renew() {
    boolean first = !renewed && token != null;
    renewed |= first;
    token = null;
    return first;
  }

  private Access exchange(Secret jwt, LaneRequests requests) throws InterruptedException {
    if (jwt.reveal().length() > LONGEST_ASSERTION) {
      return refused(FailureCode.AUTH, "GitHub's identity token has more than 16 KiB");
    }
    String body = WireJson.write(rule.exchange(jwt));
    Instant asked = requests.now();
    Retries.Attempts attempts =
        requests.sendForCredential(() -> ProviderHttp.send(() -> api.exchange(body)));
    @Nullable HttpReply reply = attempts.reply();
    if (reply == null) {
      return refused(
          attempts.timedOut() ? FailureCode.TIMEOUT : FailureCode.SERVICE,
          "Anthropic gave no whole answer to the exchange of the identity token");
    }
    return reply.isSuccess() ? read(reply, asked, requests) : refused(reply);
  }

  private Access read(HttpReply reply, Instant asked, LaneRequests requests) {
    try {
      AnthropicWire.AccessToken given =
          WireJson.read(reply.body().utf8(), AnthropicWire.AccessToken.class);
      @Nullable String value = given.accessToken();
      @Nullable Long seconds = given.expiresIn();
      boolean bearer = given.tokenType() == null || "bearer".equalsIgnoreCase(given.tokenType());
      if (value == null || seconds == null || !bearer || !isSendable(value)) {
        return notUsable();
      }
      long kept = Math.clamp(seconds, 0, Duration.ofDays(1).toSeconds());
      Token fresh = new Token(requests.minted(value), asked.plusSeconds(kept));
      token = fresh;
      return granted(fresh);
    } catch (JsonException notTheirs) {
      return notUsable();
    }
  }

  private static boolean isSendable(String token) {
    return token.matches("[\\x21-\\x7e]{1,16384}");
  }

  private static Access notUsable() {
    return refused(
        FailureCode.SERVICE,
        "Anthropic exchanged the identity token for no token that can be used");
  }

  private Access refused(HttpReply reply) {
    String said = "Anthropic answered " + reply.status() + " to the exchange of the identity token";
    return switch (reply.status()) {
      case 400, 401, 403 ->
          refused(FailureCode.AUTH, said + code(reply) + "; check " + description());
      case 404 -> refused(FailureCode.UNAVAILABLE, said + "; check the lane's endpoint");
      case 429 -> refused(FailureCode.RATE_LIMIT, said);
      default -> refused(FailureCode.SERVICE, said);
    };
  }

  /** Nothing else of the answer, since it may repeat the token. */
  private static String code(HttpReply reply) {
    return reply.json().map(body -> named(body)).map(code -> " (" + code + ")").orElse("");
  }

  private static @Nullable String named(JsonObject body) {
    @Nullable String code = body.text("error");
    return code != null && CODES.contains(code) ? code : null;
  }

  private static Access granted(Token token) {
    return new Granted(
        Map.of("Authorization", "Bearer " + token.value().reveal(), "anthropic-beta", BETA));
  }

  private static Access refused(FailureCode code, String message) {
    return new Refused(Turn.failed(code, message));
  }
}
