package dev.optr.agents;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.JsonObject;
import dev.optr.base.Secret;
import dev.optr.base.UserException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The identity of the job that this program runs in, signed by GitHub, which vendors take in
 * exchange for a token of their own (docs.github.com, "OpenID Connect reference"). Only jobs with
 * {@code permissions: id-token: write} have one.
 */
public final class GitHubIdentity {
  /** Why a lane that needs an identity cannot be asked. */
  public static final String MISSING =
      "no identity of a GitHub job to exchange; run it in GitHub Actions, in a job with"
          + " 'permissions: id-token: write'";

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Pattern JWT =
      Pattern.compile("[A-Za-z0-9_-]{1,8000}\\.[A-Za-z0-9_-]{1,16000}\\.[A-Za-z0-9_-]{1,8000}");

  private final URI requestUrl;
  private final Secret requestToken;
  private final GitHubIdentityApi api;

  /**
   * @param requestUrl value of {@code ACTIONS_ID_TOKEN_REQUEST_URL}
   * @param requestToken value of {@code ACTIONS_ID_TOKEN_REQUEST_TOKEN}
   * @throws UserException where the URL is none
   */
  public GitHubIdentity(String requestUrl, Secret requestToken, ProviderHttp http) {
    this.requestUrl = url(requestUrl);
    this.requestToken = requestToken;
    String base = this.requestUrl.resolve("/").toString().replaceAll("/+$", "");
    this.api = http.api(GitHubIdentityApi.class, base, PATIENCE);
  }

  /** What GitHub said. */
  public sealed interface Token {}

  /**
   * @param jwt lives for some minutes, and is good for one audience alone
   */
  public record Issued(Secret jwt) implements Token {}

  public record Refused(FailureCode code, String message) implements Token {
    public Turn turn() {
      return Turn.failed(code, message);
    }
  }

  /**
   * A fresh token for an audience.
   *
   * @param requests of the lane that needs it; keeps the token out of what the lane writes down
   */
  public Token token(String audience, LaneRequests requests) throws InterruptedException {
    String separator = requestUrl.getRawQuery() == null ? "?" : "&";
    URI url = URI.create(requestUrl + separator + "audience=" + URLEncoder.encode(audience, UTF_8));
    Map<String, Object> headers =
        Map.of("Authorization", "Bearer " + requestToken.reveal(), "Accept", "application/json");
    Retries.Attempts attempts =
        requests.sendForCredential(() -> ProviderHttp.send(() -> api.token(url, headers)));
    @Nullable HttpReply reply = attempts.reply();
    if (reply == null) {
      return new Refused(
          attempts.timedOut() ? FailureCode.TIMEOUT : FailureCode.SERVICE,
          "GitHub gave no whole answer to the request for an identity token");
    }
    return reply.isSuccess() ? read(reply, requests) : refused(reply.status());
  }

  private static Token read(HttpReply reply, LaneRequests requests) {
    @Nullable String jwt = reply.json().map(body -> text(body)).orElse(null);
    return jwt == null || !JWT.matcher(jwt).matches()
        ? new Refused(FailureCode.SERVICE, "GitHub's identity token is no token")
        : new Issued(requests.minted(jwt));
  }

  private static @Nullable String text(JsonObject body) {
    return body.text("value");
  }

  private static Refused refused(int status) {
    boolean forbidden = status == 401 || status == 403;
    return new Refused(
        forbidden ? FailureCode.AUTH : FailureCode.SERVICE,
        "GitHub answered "
            + status
            + " to the request for an identity token"
            + (forbidden ? "; check the job's 'permissions: id-token: write'" : ""));
  }

  private static URI url(String text) {
    try {
      URI url = URI.create(text);
      if (url.getHost() != null && ("https".equals(url.getScheme()) || isLoopback(url))) {
        return url;
      }
    } catch (IllegalArgumentException noUrl) {
      // Said below, as for any other that cannot be used.
    }
    throw new UserException(
        "variable 'ACTIONS_ID_TOKEN_REQUEST_URL' is no https URL; leave it as the runner sets it");
  }

  private static boolean isLoopback(URI url) {
    return "http".equals(url.getScheme())
        && ("localhost".equals(url.getHost()) || "127.0.0.1".equals(url.getHost()));
  }
}
