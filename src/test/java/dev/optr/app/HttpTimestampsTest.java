package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Network;
import dev.optr.ledger.TimestampService;
import dev.optr.testing.PlayedTimestampAuthority;
import dev.optr.testing.PlayedTimestampAuthority.Manner;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpTimestampsTest {
  private static final String ENTRY = "ab".repeat(32);

  private final PlayedTimestampAuthority authority =
      PlayedTimestampAuthority.at(Instant.parse("2026-05-01T12:00:03Z"));
  private final List<String> warnings = new ArrayList<>();

  @AfterEach
  void stop() {
    authority.close();
  }

  @Test
  void asksByPost() {
    assertThat(service(authority.url(), 30).stamp(ENTRY)).isPresent();
    assertThat(warnings).isEmpty();
    assertThat(authority.requests()).containsExactly("POST application/timestamp-query");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "SERVER_ERROR | '127.0.0.1' answered with status 503",
        "REDIRECT | '127.0.0.1' answered with status 302",
        "NEVER_ENDING | no answer from '127.0.0.1' within 1 s",
        "HUGE | no answer from '127.0.0.1'",
        "GARBAGE | the authority's answer is no good"
      })
  void goesOnWithoutAndSaysWhy(Manner manner, String why) {
    authority.answering(manner);

    int patience = manner == Manner.NEVER_ENDING ? 1 : 30;
    assertThat(service(authority.url(), patience).stamp(ENTRY)).isEmpty();
    assertThat(warnings).singleElement().asString().contains(why);
    assertThat(authority.requests()).hasSize(1);
  }

  @Test
  void goesOnWhereNobodyListens() {
    String url = authority.url();
    authority.close();

    assertThat(service(url, 30).stamp(ENTRY)).isEmpty();
    assertThat(warnings).singleElement().asString().contains("no answer from '127.0.0.1'");
  }

  private TimestampService service(String url, int patience) {
    Network network = Network.of(Map.of(), Path.of(""));
    return new TimestampService(
        new HttpTimestamps(network, URI.create(url), Duration.ofSeconds(patience)), warnings::add);
  }
}
