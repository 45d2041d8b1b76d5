package dev.optr.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.optr.base.Bytes;
import dev.optr.testing.PlayedTimestampAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell lines of docs/ledger-format.md that check a time stamp with OpenSSL. */
final class TimestampDocumentTest {
  private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder = Path.of("");

  private final PlayedTimestampAuthority authority =
      PlayedTimestampAuthority.at(Instant.parse("2026-05-01T12:00:03Z"));

  @BeforeEach
  void writeAStampedLedger() throws IOException {
    List.of("bash", "jq", "openssl").forEach(TimestampDocumentTest::assumeProgram);
    LedgerAppender appender =
        new LedgerAppender(
            new LedgerVerifier(),
            Layout.SINGLE,
            Optional.of(Keys.CI_1),
            Optional.empty(),
            new TimestampService(
                request -> Bytes.of(authority.reply(request.toArray())),
                warning -> {
                  throw new AssertionError(warning);
                }));
    Receipt receipt =
        LedgerAppenderTest.receipt(
            appender.append(List.of(), List.of(), Samples.local(1), Samples.NOON));
    Files.createDirectories(folder.resolve("datalake"));
    Files.write(folder.resolve(Container.MAIN), receipt.containerBytes().toArray());
    Files.writeString(folder.resolve("ca.pem"), authority.issuerPem());
  }

  @AfterEach
  void stop() {
    authority.close();
  }

  @Test
  void opensslFindsTheTokenGood() throws IOException, InterruptedException {
    List<String> output = run(0);

    assertThat(output).contains("Verification: OK");
    assertThat(output.getLast()).isEqualTo("Time stamp: May  1 12:00:03 2026 GMT");
  }

  @Test
  void opensslRefusesTheTokenOfAnotherEntryAndAnotherAuthority()
      throws IOException, InterruptedException {
    try (PlayedTimestampAuthority other = PlayedTimestampAuthority.at(Instant.EPOCH)) {
      Files.writeString(folder.resolve("ca.pem"), other.issuerPem());
      assertThat(run(1)).contains("Verification: FAILED");
    }
    Files.writeString(folder.resolve("ca.pem"), authority.issuerPem());
    Path ledger = folder.resolve(Container.MAIN);
    String text = Files.readString(ledger);
    Files.writeString(
        ledger, text.replaceAll("\"id\":\"[0-9a-f]{64}\"", "\"id\":\"" + "0".repeat(64) + "\""));
    assertThat(run(1)).contains("Verification: FAILED");
  }

  private List<String> run(int expected) throws IOException, InterruptedException {
    String block =
        SHELL
            .matcher(Files.readString(Path.of("docs", "ledger-format.md")))
            .results()
            .map((MatchResult found) -> found.group(1))
            .filter(lines -> lines.contains("openssl ts -verify"))
            .findFirst()
            .orElseThrow();
    Files.writeString(folder.resolve("script"), "set -e\n" + block);
    Process bash =
        new ProcessBuilder("bash", "script")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    List<String> output = new String(bash.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(bash.waitFor()).as("%s", output).isEqualTo(expected);
    return output;
  }

  private static void assumeProgram(String name) {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":", -1))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, name))),
        "no " + name + " on this machine");
  }
}
