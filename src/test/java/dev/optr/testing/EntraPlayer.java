package dev.optr.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Json;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Entra's token endpoint, on loopback, and a runner that signs identities. */
public final class EntraPlayer implements AutoCloseable {
  public static final String TENANT = "contoso.onmicrosoft.com";
  public static final String IDENTITY = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJyZXBvIn0.c2lnbmF0dXJl";

  private final PlayerServer server = PlayerServer.start(this::answer);
  private final List<Map<String, String>> forms = new ArrayList<>();
  private long lifetime = 3599;
  private int refusals;

  public String base() {
    return server.base();
  }

  /** Where the runner gives identities. */
  public String identityUrl() {
    return server.base() + "/identity?api-version=2.0";
  }

  public synchronized EntraPlayer tokensLive(long seconds) {
    lifetime = seconds;
    return this;
  }

  /** From now on every sign-in is refused. */
  public synchronized EntraPlayer refuses() {
    refusals++;
    return this;
  }

  /** What was sent to the token endpoint, in order. */
  public synchronized List<Map<String, String>> forms() {
    return List.copyOf(forms);
  }

  /** Every request line. */
  public List<String> asked() {
    return server.asked().stream().map(PlayerServer.Asked::operation).toList();
  }

  /** The token of a sign-in, from 1. */
  public static String token(int number) {
    return "entra-access-token-" + number;
  }

  @Override
  public void close() {
    server.close();
  }

  private synchronized PlayerServer.Answer answer(PlayerServer.Asked asked) {
    if (asked.operation().startsWith("GET /identity?api-version=2.0&audience=")) {
      return PlayerServer.Answer.of(200, Json.object().put("value", IDENTITY).build());
    }
    if (!asked.operation().equals("POST /" + TENANT + "/oauth2/v2.0/token")) {
      return PlayerServer.Answer.of(404, Json.object().build());
    }
    forms.add(form(asked.body()));
    if (refusals > 0) {
      return PlayerServer.Answer.of(
          401,
          Json.object()
              .put("error", "invalid_client")
              .put("error_description", "AADSTS7000215: Invalid secret: " + forms.getLast())
              .put("error_codes", Json.array(List.of(Json.number(7000215))))
              .build());
    }
    return PlayerServer.Answer.of(
        200,
        Json.object()
            .put("token_type", "Bearer")
            .put("expires_in", lifetime)
            .put("access_token", token(forms.size()))
            .build());
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String field : body.split("&", -1)) {
      String[] both = field.split("=", 2);
      form.put(both[0], URLDecoder.decode(both[1], UTF_8));
    }
    return form;
  }
}
