package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.UserException;
import dev.optr.testing.PlayedTimestampAuthority;
import dev.optr.testing.PlayedTimestampAuthority.Manner;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimestampTest {
  private static final Instant TIME = Instant.parse("2026-05-01T12:00:03Z");

  private final PlayedTimestampAuthority authority = PlayedTimestampAuthority.at(TIME);
  private final List<String> warnings = new ArrayList<>();
  private final Timestamper service =
      new TimestampService(request -> Bytes.of(authority.reply(request.toArray())), warnings::add);

  @AfterEach
  void stop() {
    authority.close();
  }

  @Test
  void stampsWhatIsAppended() {
    Receipt plain = append(Timestamper.NONE);
    Receipt stamped = append(service);

    assertThat(warnings).isEmpty();
    assertThat(stamped.entryId()).as("the id does not change").isEqualTo(plain.entryId());
    assertThat(stamped.newLines().getLast()).isNotEqualTo(plain.newLines().getLast());
    Timestamps timestamps = verify(stamped, true);
    assertThat(timestamps.findings()).isEmpty();
    assertThat(timestamps.good()).isEqualTo(1);
    assertThat(timestamps.newest()).isEqualTo(TIME);
    assertThat(timestamps.newestEntry()).isEqualTo(stamped.entryId());
    assertThat(timestamps.authoritiesKnown()).isTrue();
    assertThat(verify(plain, true).any()).isFalse();
  }

  @Test
  void goesOnUponWhatIsStamped() {
    Receipt first = append(service);
    LedgerAppender appender = appender(Optional.of(Keys.CI_1), service);
    Receipt second =
        LedgerAppenderTest.receipt(
            appender.append(
                List.of(first.container()),
                List.of(),
                Samples.pullRequest(7, 2),
                Samples.NOON.plusSeconds(60)));

    assertThat(verify(second, true).good()).isEqualTo(2);
  }

  @Test
  void takesWhateverPolicyTheAuthorityHas() {
    authority.answering(Manner.ANOTHER_POLICY);

    assertThat(verify(append(service), true).good()).isEqualTo(1);
  }

  @Test
  void stampsNothingThatIsNotSigned() {
    Receipt unsigned =
        LedgerAppenderTest.receipt(
            appender(Optional.empty(), service)
                .append(List.of(), List.of(), Samples.pullRequest(7, 1), Samples.NOON));

    assertThat(unsigned.containerBytes().utf8()).contains("\"sigs\":[]").doesNotContain("rfc3161");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "GARBAGE | answer is no good",
        "NESTED_GARBAGE | answer is no good",
        "NOTHING | answer is no good",
        "HUGE | answer is no good",
        "REFUSAL | refused (status 2)",
        "WRONG_NONCE | wrong nonce",
        "WRONG_IMPRINT | different message imprint",
        "EXPIRED_CERTIFICATE | not valid when time stamp created",
        "NOT_FOR_TIME_STAMPS | ExtendedKeyUsage",
        "WITHOUT_CERTIFICATE | does not carry its signer's certificate",
        "BROKEN_SIGNATURE | not good in itself"
      })
  void writesTheEntryWithoutWhatIsNoGoodAndSaysWhy(Manner manner, String why) {
    authority.answering(manner);
    Receipt receipt = append(service);

    assertThat(receipt.newLines()).isEqualTo(append(Timestamper.NONE).newLines());
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("the entry '" + receipt.entryId() + "' is written without a time stamp: ")
        .contains(why)
        .hasSizeLessThan(400)
        .doesNotContain("\n");
  }

  @Test
  void writesTheEntryWhereNobodyAnswers() {
    Timestamper away =
        new TimestampService(
            _ -> {
              throw new IOException("no answer from 'tsa.example.org'");
            },
            warnings::add);

    assertThat(append(away).newLines()).isEqualTo(append(Timestamper.NONE).newLines());
    assertThat(warnings).singleElement().asString().endsWith("no answer from 'tsa.example.org'");
  }

  @Test
  void writesTheEntryWithoutATokenThatIsTooLong() {
    Receipt receipt = append(_ -> Optional.of(Bytes.of(new byte[64 * 1024])));

    assertThat(receipt.newLines()).isEqualTo(append(Timestamper.NONE).newLines());
  }

  @Test
  void saysWhetherItKnowsTheAuthority() {
    Receipt stamped = append(service);

    Timestamps alone = verify(stamped, false);
    assertThat(alone.good()).isEqualTo(1);
    assertThat(alone.authoritiesKnown()).isFalse();
    try (PlayedTimestampAuthority other = PlayedTimestampAuthority.at(TIME)) {
      Timestamps strange = verify(stamped, authorities(other));
      assertThat(strange.good()).isZero();
      assertThat(strange.unknown()).isEqualTo(1);
      assertThat(strange.newest()).isNull();
      assertThat(strange.findings()).isEmpty();
    }
  }

  @Test
  void findsATokenOfAnotherEntry() {
    byte[] other = authority.token(HexFormat.of().parseHex("0".repeat(64)));

    assertThat(findings(token(Bytes.of(other)))).containsExactly(Code.E_SIG);
  }

  @Test
  void findsTokensThatAreNone() {
    JsonObject bare = Json.object().put("alg", "rfc3161").build();
    for (JsonObject signature :
        List.of(
            bare,
            bare.with("token", Json.text("!!")),
            bare.with("token", Json.text("AAAA")),
            bare.with("token", Json.number(1)),
            bare.with("token", Json.text("MAB=")),
            token(Bytes.of(new byte[40 * 1024])),
            token(Bytes.of(authority.token(idOfHead()))).with("more", Json.number(1)))) {
      assertThat(findings(signature)).as("%s", signature).containsExactly(Code.E_SIG);
    }
    assertThat(findings(token(Bytes.of(authority.token(idOfHead()))))).isEmpty();
  }

  /** A flipped bit may hit what is not signed; then the token says what it said. */
  @Test
  void neverTakesAFlippedBitForAnotherTime() {
    byte[] token = authority.token(idOfHead());
    Random random = new Random(7);
    int found = 0;
    for (int i = 0; i < 100; i++) {
      byte[] flipped = token.clone();
      flipped[random.nextInt(token.length)] ^= (byte) (1 << random.nextInt(8));
      Timestamps timestamps = verify(golden(token(Bytes.of(flipped))), authorities(authority));
      found += timestamps.findings().size();
      assertThat(timestamps.newest()).isIn(null, TIME);
    }
    assertThat(found).isGreaterThan(70);
  }

  @Test
  void refusesAFileWithoutAuthorities() {
    for (String pem :
        List.of("", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")) {
      assertThatThrownBy(() -> TimestampAuthorities.of(Bytes.utf8(pem), "--tsa-ca: ca.pem"))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("--tsa-ca: ca.pem: ");
    }
  }

  private static byte[] idOfHead() {
    return HexFormat.of().parseHex(Forge.golden("ledger-full.jsonl").id(7));
  }

  private static JsonObject token(Bytes der) {
    return Json.object()
        .put("alg", "rfc3161")
        .put("token", Base64.getEncoder().encodeToString(der.toArray()))
        .build();
  }

  private List<Code> findings(JsonObject signature) {
    return verify(golden(signature), authorities(authority)).findings().stream()
        .map(Finding::code)
        .toList();
  }

  /** The golden ledger whose last line carries one more signature. */
  private static List<Container> golden(JsonObject signature) {
    Forge ledger = Forge.golden("ledger-full.jsonl");
    JsonObject body = ledger.body(7);
    List<JsonObject> signatures = List.of(ledger.signature(7), signature);
    return ledger.edit(7, _ -> Forge.line(body, signatures)).containers();
  }

  private Receipt append(Timestamper timestamper) {
    return LedgerAppenderTest.receipt(
        appender(Optional.of(Keys.CI_1), timestamper)
            .append(List.of(), List.of(), Samples.pullRequest(7, 1), Samples.NOON));
  }

  private static LedgerAppender appender(Optional<Signer> signer, Timestamper timestamper) {
    return new LedgerAppender(
        new LedgerVerifier(), Layout.PER_PR, signer, Optional.empty(), timestamper);
  }

  private static Optional<TimestampAuthorities> authorities(PlayedTimestampAuthority known) {
    return Optional.of(TimestampAuthorities.of(Bytes.utf8(known.issuerPem()), "ca.pem"));
  }

  private Timestamps verify(Receipt receipt, boolean known) {
    return verify(receipt, known ? authorities(authority) : Optional.empty());
  }

  private static Timestamps verify(Receipt receipt, Optional<TimestampAuthorities> authorities) {
    return verify(List.of(receipt.container()), authorities);
  }

  private static Timestamps verify(
      List<Container> containers, Optional<TimestampAuthorities> authorities) {
    Verification verification =
        new LedgerVerifier().verify(containers, VerifyOptions.standard().allowingTofu());
    assertThat(verification.findings()).isEmpty();
    return new TimestampVerifier(authorities).verify(verification);
  }
}
