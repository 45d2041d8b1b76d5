package dev.optr.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.request;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.net.URI;

/** Stands before a service and answers some requests instead of it. */
public final class Front implements AutoCloseable {
  private static final int BEFORE_THE_SERVICE = 1;
  private static final int THE_SERVICE = 9;

  private final WireMockServer server =
      new WireMockServer(options().dynamicPort().jettyStopTimeout(100L));
  private String path = "";

  public Front() {
    server.start();
  }

  /**
   * One kind of request.
   *
   * @param url pattern of path and query
   * @param body pattern of the whole body, on one line
   */
  public record Place(String method, String url, String body) {
    /** All requests. */
    public static final Place ANY = new Place("ANY", ".*");

    public Place(String method, String url) {
      this(method, url, ".*");
    }

    private RequestPatternBuilder pattern() {
      RequestPatternBuilder pattern =
          RequestPatternBuilder.newRequestPattern(
              RequestMethod.fromString(method), urlMatching(url));
      return body.equals(".*") ? pattern : pattern.withRequestBody(matching(body));
    }
  }

  /**
   * Forgets what was and stands before another service.
   *
   * @param service base URL
   */
  public Front before(String service) {
    URI behind = URI.create(service);
    path = behind.getRawPath();
    server.resetAll();
    String place = behind.getScheme() + "://" + behind.getRawAuthority();
    server.stubFor(
        any(anyUrl()).atPriority(THE_SERVICE).willReturn(aResponse().proxiedFrom(place)));
    return this;
  }

  /** The base URL to ask instead of the service's. */
  public String base() {
    return server.baseUrl() + path;
  }

  /** The first such request gets this answer, all others the service's. */
  public Front once(Place place, ResponseDefinitionBuilder reply) {
    server.stubFor(
        at(place)
            .inScenario("once")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(reply)
            .willSetStateTo("over"));
    return this;
  }

  /** Every such request gets this answer. */
  public Front always(Place place, ResponseDefinitionBuilder reply) {
    server.stubFor(at(place).willReturn(reply));
    return this;
  }

  private static MappingBuilder at(Place place) {
    MappingBuilder mapping = request(place.method(), urlMatching(place.url()));
    return (place.body().equals(".*") ? mapping : mapping.withRequestBody(matching(place.body())))
        .atPriority(BEFORE_THE_SERVICE);
  }

  /** How many such requests came. */
  public int asked(Place place) {
    return server.findAll(place.pattern()).size();
  }

  @Override
  public void close() {
    server.stop();
  }
}
