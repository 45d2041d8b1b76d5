package dev.optr.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.JsonObject;
import dev.optr.bench.LedgerSample;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code optr verify --since} on a file that was verified here before, and grew since. */
final class KeptCheckpointTest {
  /** A little more than is worth a checkpoint. */
  private static final int ENTRIES = 13_600;

  private static final String CONTINUED = "byte for byte those that were verified here";
  private static final LedgerSample SAMPLE = new LedgerSample();

  @TempDir private static Path ledgers;

  private static Path whole = Path.of("");
  private static String since = "";
  private static String last = "";

  @TempDir Path directory;

  private Path file = Path.of("");
  private Map<String, String> environment = Map.of();

  @BeforeAll
  static void writeTheLedger() throws IOException {
    whole = ledgers.resolve("whole.jsonl");
    List<String> lastTwo = SAMPLE.write(whole, ENTRIES + 1);
    since = lastTwo.getFirst();
    last = lastTwo.getLast();
  }

  /** Verified, and with one entry more. */
  @BeforeEach
  void keepACheckpoint() throws IOException {
    environment = Map.of("XDG_STATE_HOME", directory.resolve("state").toString());
    file = directory.resolve("ledger.jsonl");
    Files.copy(whole, file);
    String lastLine = lastLine();
    try (RandomAccessFile shorter = new RandomAccessFile(file.toFile(), "rw")) {
      shorter.setLength(shorter.length() - lastLine.length());
    }
    assertThat(verify("--json").exit()).isZero();
    Files.writeString(file, lastLine, java.nio.file.StandardOpenOption.APPEND);
  }

  private String lastLine() throws IOException {
    try (RandomAccessFile end = new RandomAccessFile(whole.toFile(), "r")) {
      byte[] bytes = new byte[4096];
      end.seek(end.length() - bytes.length);
      end.readFully(bytes);
      String text = new String(bytes, ISO_8859_1);
      return text.substring(text.lastIndexOf('\n', text.length() - 2) + 1);
    }
  }

  @Test
  void isPrivateAndTellsWhatTheWholeLedgerTells() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept())))
        .isEqualTo("rw-------");
    assertThat(verify("--since", since).out())
        .contains("checked  1 new in full; the " + ENTRIES + " before them, " + CONTINUED)
        .contains("entries  13601 in 1 file: 1 genesis, 13600 run")
        .contains("OK: the ledger is intact");
    assertThat(verify("--since", since, "--no-remember").out()).doesNotContain(CONTINUED);

    assertThat(verify("--since", since, "--json"))
        .isEqualTo(verify("--since", since, "--json", "--no-remember"));
  }

  @Test
  void isAskedNothingElse() {
    assertThat(verify().out()).doesNotContain(CONTINUED);
    assertThat(verify("--since", since, "--links").out()).doesNotContain(CONTINUED);
    Invocation absent = verify("--since", "f".repeat(64), "--json");
    assertThat(absent.exit()).isEqualTo(4);
    assertThat(codes(absent)).containsExactly("E_ROLLBACK");
  }

  @Test
  void doesNotHideAChangedByte() throws IOException {
    String text = Files.readString(file, ISO_8859_1);
    int at = text.indexOf("octo-user", text.length() / 2);
    try (RandomAccessFile changed = new RandomAccessFile(file.toFile(), "rw")) {
      changed.seek(at);
      changed.write('x');
    }
    Invocation verified = verify("--since", since, "--json");

    assertThat(verified.exit()).isEqualTo(4);
    assertThat(verified).isEqualTo(verify("--since", since, "--json", "--no-remember"));
  }

  @Test
  void doesNotHideACutEnd() throws IOException {
    try (RandomAccessFile shorter = new RandomAccessFile(file.toFile(), "rw")) {
      shorter.setLength(shorter.length() / 2);
    }
    Invocation verified = verify("--since", since, "--json");

    assertThat(verified.exit()).isEqualTo(4);
    assertThat(codes(verified)).containsExactly("E_SYNTAX", "E_ROLLBACK");
  }

  @Test
  void isAsIfItWereNotThereWhereItIsDamaged() throws IOException {
    byte[] bytes = Files.readAllBytes(kept());
    bytes[200] ^= 1;
    for (byte[] damaged : List.of(bytes, new byte[0], "nonsense".getBytes(ISO_8859_1))) {
      Files.write(kept(), damaged);
      Invocation verified = verify("--since", since);

      assertThat(verified.exit()).isZero();
      assertThat(verified.out()).doesNotContain(CONTINUED);
    }
    assertThat(verify().exit()).isZero();
    assertThat(verify("--since", last).out()).contains("checked  0 new in full", CONTINUED);
  }

  @Test
  void isNotKeptWhereNothingIsToBeRememberedOrTooLittleIsThere() throws IOException {
    Files.delete(kept());
    verify("--no-remember");
    verify("--links");
    verify("--since", since);
    assertThat(kept()).doesNotExist();

    new LedgerSample().write(file, 100);
    verify();
    assertThat(kept()).doesNotExist();
  }

  @Test
  void failsNothingWhereItCannotBeKept() throws IOException {
    Path state = directory.resolve("no-folder");
    Files.writeString(state, "");
    environment = Map.of("XDG_STATE_HOME", state.toString());
    Invocation verified = verify();

    assertThat(verified.exit()).isZero();
    assertThat(verified.err()).contains("no checkpoint of the ledger is kept");
  }

  private Path kept() {
    return directory.resolve("state").resolve("optr").resolve(SAMPLE.genesis() + ".checkpoint");
  }

  private Invocation verify(String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of("verify", "--ledger", file.toString(), "--genesis", SAMPLE.genesis()));
    arguments.addAll(List.of(options));
    return Invocation.of(directory, environment, arguments.toArray(String[]::new));
  }

  private static List<String> codes(Invocation verified) {
    return Invocation.objects(verified.document(), "findings").stream()
        .map((JsonObject finding) -> Invocation.text(finding, "code"))
        .toList();
  }
}
