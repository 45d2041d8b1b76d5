package dev.optr.agents.openai;

import dev.optr.agents.FailureCode;
import dev.optr.agents.GitHubIdentity;
import dev.optr.agents.HttpReply;
import dev.optr.agents.LaneRequests;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.Retries;
import dev.optr.agents.Turn;
import dev.optr.agents.WireJson;
import dev.optr.base.JsonObject;
import dev.optr.base.Secret;
import dev.optr.base.UserException;
import dev.optr.workflow.AgentSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * No key at all: the job's identity, exchanged for an access token that lives for an hour or less
 * (developers.openai.com, "Workload identity federation", "GitHub Actions").
 */
final class OpenAiFederation implements OpenAiCredential {
  static final String VENDOR = "https://auth.openai.com";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  // OpenAI's own clients renew so long before the end, or at half of a short life.
  private static final Duration MARGIN = Duration.ofMinutes(20);
  private static final long USUAL_LIFE = 3600;
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,16000}");
  private static final Pattern OAUTH_CODE = Pattern.compile("[a-z_]{1,60}");

  private static final String AUDIENCE = "audience";
  private static final String PROVIDER = "identity_provider_id";
  private static final String ACCOUNT = "service_account_id";
  private static final String CLIENT = "client_id";

  private final String lane;
  private final Map<String, String> members;
  private final GitHubIdentity identity;
  private final OpenAiTokenApi api;
  private @Nullable Secret token;
  private Instant renewal = Instant.MIN;

  /**
   * @param base of the token endpoint, without a final slash
   * @throws UserException where {@code oidc} lacks a member or has one too many
   */
  OpenAiFederation(AgentSpec spec, GitHubIdentity identity, String base, ProviderHttp http) {
    this.lane = spec.name();
    this.members = checked(spec);
    this.identity = identity;
    this.api = http.api(OpenAiTokenApi.class, base, PATIENCE);
  }

  @Override
  public Shown show(LaneRequests requests) throws InterruptedException {
    Secret held = token;
    if (held != null && requests.now().isBefore(renewal)) {
      return headers(held);
    }
    return switch (identity.token(Objects.requireNonNull(members.get(AUDIENCE)), requests)) {
      case GitHubIdentity.Refused refused -> new Refused(refused.turn());
      case GitHubIdentity.Issued(Secret jwt) -> exchange(jwt, requests);
    };
  }

  @Override
  public boolean renew() {
    boolean held = token != null;
    token = null;
    return held;
  }

  @Override
  public String source() {
    return "'oidc' of agent '" + lane + "'";
  }

  private Shown exchange(Secret jwt, LaneRequests requests) throws InterruptedException {
    String body =
        WireJson.write(
            new OpenAiWire.Exchange(
                "urn:ietf:params:oauth:grant-type:token-exchange",
                jwt.reveal(),
                "urn:ietf:params:oauth:token-type:jwt",
                Objects.requireNonNull(members.get(PROVIDER)),
                Objects.requireNonNull(members.get(ACCOUNT)),
                members.get(CLIENT)));
    Instant asked = requests.now();
    Retries.Attempts attempts =
        requests.sendForCredential(() -> ProviderHttp.send(() -> api.exchange(body)));
    @Nullable HttpReply reply = attempts.reply();
    if (reply == null) {
      return refused(FailureCode.SERVICE, "gave no whole answer");
    }
    return reply.isSuccess() ? read(reply, asked, requests) : refused(reply);
  }

  private Shown read(HttpReply reply, Instant asked, LaneRequests requests) {
    @Nullable JsonObject answer = reply.json().orElse(null);
    @Nullable String given = answer == null ? null : answer.text("access_token");
    if (answer == null || given == null || !TOKEN.matcher(given).matches()) {
      return refused(FailureCode.SERVICE, "answered with no token");
    }
    @Nullable Long said = answer.integer("expires_in");
    long life = said == null || said <= 0 ? USUAL_LIFE : Math.min(said, USUAL_LIFE * 24);
    Duration margin = Duration.ofSeconds(Math.min(MARGIN.toSeconds(), life / 2));
    Secret fresh = requests.minted(given);
    token = fresh;
    renewal = asked.plusSeconds(life).minus(margin);
    return headers(fresh);
  }

  private Shown refused(HttpReply reply) {
    // The code alone: a description may repeat parts of what was sent.
    String code =
        reply
            .json()
            .map(answer -> answer.text("error"))
            .filter(error -> OAUTH_CODE.matcher(error).matches())
            .map(error -> " '" + error + "'")
            .orElse("");
    String answered = "answered " + reply.status() + code;
    return switch (reply.status()) {
      case 400, 401, 403 -> refused(FailureCode.AUTH, answered + "; check " + source());
      case 429 -> refused(FailureCode.RATE_LIMIT, answered);
      default -> refused(FailureCode.SERVICE, answered);
    };
  }

  private static Shown refused(FailureCode code, String message) {
    return new Refused(Turn.failed(code, "OpenAI's token exchange " + message));
  }

  private static Shown headers(Secret token) {
    return new Headers(Map.of("Authorization", "Bearer " + token.reveal()));
  }

  private static Map<String, String> checked(AgentSpec spec) {
    List<String> wrong = new ArrayList<>();
    for (String needed : List.of(AUDIENCE, PROVIDER, ACCOUNT)) {
      if (!spec.oidc().containsKey(needed)) {
        wrong.add("lacks '" + needed + "'");
      }
    }
    List<String> known = List.of(AUDIENCE, PROVIDER, ACCOUNT, CLIENT);
    spec.oidc().keySet().stream()
        .filter(name -> !known.contains(name))
        .sorted()
        .forEach(name -> wrong.add("has the unknown member '" + name + "'"));
    if (spec.credential() != null) {
      wrong.add("stands beside 'credential'; write one of them");
    }
    if (!wrong.isEmpty()) {
      throw new UserException(
          "workflow: agent '%s': oidc %s; it takes audience, identity_provider_id, service_account_id and, where OpenAI asks for it, client_id"
              .formatted(spec.name(), String.join(", ", wrong)));
    }
    return spec.oidc();
  }
}
