package dev.optr.agents.microsoft;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.agents.FailureCode;
import dev.optr.agents.GitHubIdentity;
import dev.optr.agents.HttpReply;
import dev.optr.agents.LaneRequests;
import dev.optr.agents.ProviderEndpoint;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.Retries;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.Secret;
import dev.optr.base.UserException;
import dev.optr.workflow.AgentSpec;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One lane's access tokens from Entra, by client credentials. */
final class EntraTokens {
  private static final String VENDOR = "https://login.microsoftonline.com";
  private static final String SCOPE = "https://ai.azure.com/.default";
  private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  // A token that is about to end is none.
  private static final Duration MARGIN = Duration.ofMinutes(5);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,99}");
  private static final Pattern ERROR = Pattern.compile("[a-z_]{1,40}");

  private final EntraCredential credential;
  private final String check;
  private final EntraApi api;
  private @Nullable Secret token;
  private Instant end = Instant.MIN;

  /**
   * @param authority value of {@code AZURE_AUTHORITY_HOST}, as Azure's own clients have it
   * @param check what to look at where Entra refuses
   * @throws UserException where authority, tenant or client id cannot be used
   */
  EntraTokens(
      AgentSpec spec,
      EntraCredential credential,
      Optional<String> authority,
      String check,
      ProviderHttp http) {
    this.credential = credential;
    this.check = check;
    checkCredential(spec, credential);
    String what = "variable 'AZURE_AUTHORITY_HOST'";
    String base = ProviderEndpoint.checked(spec, what, authority.orElse(VENDOR), VENDOR);
    if (!ProviderEndpoint.isPrivate(base)) {
      throw new UserException(
          "agent '%s': %s is no https URL, so the credential could be overheard; write one like '%s'"
              .formatted(spec.name(), what, VENDOR));
    }
    this.api = http.api(EntraApi.class, base, spec.timeout());
  }

  /** A token, or why there is none. */
  sealed interface Grant {}

  record Granted(Secret token) implements Grant {}

  record Refused(LaneRequests.Failed failed) implements Grant {}

  /** The token that is at hand, or a new one. */
  Grant token(LaneRequests requests) throws InterruptedException {
    @Nullable Secret present = token;
    if (present != null && requests.now().plus(MARGIN).isBefore(end)) {
      return new Granted(present);
    }
    return switch (credential) {
      case EntraCredential.AccessToken(Secret given) -> new Granted(given);
      case EntraCredential.ClientSecret(String tenant, String clientId, Secret secret) ->
          request(tenant, form(clientId, Map.of("client_secret", secret.reveal())), requests);
      case EntraCredential.Federated federated -> federated(federated, requests);
    };
  }

  /** The token was refused: true where the next one is another. */
  boolean forget() {
    boolean forgotten = token != null;
    token = null;
    return forgotten;
  }

  private Grant federated(EntraCredential.Federated federated, LaneRequests requests)
      throws InterruptedException {
    return switch (federated.identity().token(federated.audience(), requests)) {
      case GitHubIdentity.Refused(FailureCode code, String message) -> refused(code, message);
      case GitHubIdentity.Issued(Secret jwt) -> {
        Map<String, String> assertion =
            Map.of("client_assertion_type", ASSERTION, "client_assertion", jwt.reveal());
        String form = form(federated.clientId(), assertion);
        yield request(federated.tenant(), form, requests);
      }
    };
  }

  private Grant request(String tenant, String form, LaneRequests requests)
      throws InterruptedException {
    Retries.Attempts attempts =
        requests.sendForCredential(() -> ProviderHttp.send(() -> api.token(tenant, form)));
    @Nullable HttpReply reply = attempts.reply();
    if (reply == null) {
      return refused(
          attempts.timedOut() ? FailureCode.TIMEOUT : FailureCode.SERVICE,
          "Entra gave no whole answer to the sign-in");
    }
    JsonObject body = reply.json().orElseGet(() -> Json.object().build());
    if (!reply.isSuccess()) {
      return refused(reply.status(), body);
    }
    @Nullable String given = body.text("access_token");
    if (given == null || given.isBlank() || !isSendable(given)) {
      return refused(FailureCode.SERVICE, "Entra answered the sign-in without a token");
    }
    Secret minted = requests.minted(given);
    @Nullable Long seconds = body.integer("expires_in");
    token = minted;
    end = requests.now().plusSeconds(seconds == null ? 0 : Math.clamp(seconds, 0, 86_400));
    return new Granted(minted);
  }

  private static boolean isSendable(String token) {
    return token.chars().allMatch(c -> 0x21 <= c && c <= 0x7e);
  }

  /** Names the error by its codes; the description may repeat what was sent. */
  private Refused refused(int status, JsonObject body) {
    FailureCode code =
        switch (status) {
          case 400, 401, 403 -> FailureCode.AUTH;
          case 404 -> FailureCode.UNAVAILABLE;
          case 429 -> FailureCode.RATE_LIMIT;
          default -> FailureCode.SERVICE;
        };
    List<Json> numbers = body.array("error_codes");
    @Nullable Long number =
        !numbers.isEmpty() && numbers.getFirst() instanceof Json.Decimal first
            ? first.exactLong()
            : null;
    @Nullable String error = body.text("error");
    String named = error != null && ERROR.matcher(error).matches() ? " '" + error + "'" : "";
    String numbered = number == null ? "" : " (AADSTS" + number + ")";
    String hint = code == FailureCode.AUTH ? "; check " + check : "";
    return refused(code, "Entra answered the sign-in with " + status + named + numbered + hint);
  }

  private static Refused refused(FailureCode code, String message) {
    return new Refused(new LaneRequests.Failed(code, message));
  }

  private static String form(String clientId, Map<String, String> proof) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("client_id", clientId);
    form.put("scope", SCOPE);
    form.putAll(proof);
    return form.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static void checkCredential(AgentSpec spec, EntraCredential credential) {
    switch (credential) {
      case EntraCredential.ClientSecret(String tenant, String clientId, _) ->
          checkNames(spec, tenant, clientId);
      case EntraCredential.Federated(String tenant, String clientId, _, _) ->
          checkNames(spec, tenant, clientId);
      case EntraCredential.AccessToken(Secret given) -> ProviderEndpoint.header(spec, "", given);
    }
  }

  private static void checkNames(AgentSpec spec, String tenant, String clientId) {
    checkName(spec, "tenant id", tenant);
    checkName(spec, "client id", clientId);
  }

  private static void checkName(AgentSpec spec, String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new UserException(
          "agent '%s': the %s is not made of letters, digits, dots and dashes; set it again, as the Azure portal shows it"
              .formatted(spec.name(), what));
    }
  }
}
