package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No room, no right: a clear message, and everything as it was. */
final class FullDiskTest {
  @TempDir private Path directory;

  @Test
  void changesNothingWhereAFileIsReadOnly() throws IOException {
    try (LedgerSite site = started()) {
      Path ledger = directory.resolve("lake/datalake/ledger.jsonl");
      Files.setPosixFilePermissions(ledger, PosixFilePermissions.fromString("r--r--r--"));
      assertNothingChanged(site, "ledger.jsonl: is read-only");
    }
  }

  @Test
  void changesNothingWhereTheDirectoryIsReadOnly() throws IOException {
    try (LedgerSite site = started()) {
      Path datalake = directory.resolve("lake/datalake");
      Files.setPosixFilePermissions(datalake, PosixFilePermissions.fromString("r-xr-xr-x"));
      try {
        assertNothingChanged(site, "datalake: is read-only");
      } finally {
        Files.setPosixFilePermissions(datalake, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  private static void assertNothingChanged(LedgerSite site, String message) {
    String head = site.repository().head();
    String lines = site.main();
    for (List<String> more : List.of(List.of("--no-commit"), List.<String>of())) {
      List<String> arguments =
          new ArrayList<>(List.of("--add", site.publicKey("ci"), "--signing-key", "key"));
      arguments.addAll(more);
      Invocation refused = site.ledger("append-key", arguments.toArray(String[]::new));
      assertThat(refused.exit()).as(refused.err()).isEqualTo(2);
      assertThat(refused.err()).contains(message);
      assertThat(site.main()).isEqualTo(lines);
      assertThat(site.repository().head()).isEqualTo(head);
    }
  }

  /** A limit on the size of files, which the kernel enforces as it does a full disk. */
  @Test
  void changesNothingWhereThereIsNoRoom() throws IOException, InterruptedException {
    try (LedgerSite site = started()) {
      String lines = site.main();
      String add = site.publicKey("ci");
      Path error = directory.resolve("error");
      Process limited =
          new ProcessBuilder(
                  "bash",
                  "-c",
                  "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"",
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:-UsePerfData",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Main.class.getName(),
                  "ledger",
                  "append-key",
                  "--repo",
                  "lake",
                  "--add",
                  add,
                  "--signing-key",
                  "key",
                  "--no-commit")
              .directory(directory.toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(error.toFile())
              .start();
      int exit = limited.waitFor();
      String said = Files.readString(error);
      assumeTrue(exit != 127, "no bash here");
      assertThat(exit).as(said).isEqualTo(3);
      assertThat(said).contains("could not write", "ledger.jsonl").hasLineCount(1);
      assertThat(site.main()).isEqualTo(lines);
      try (Stream<Path> left = Files.list(directory.resolve("lake/datalake"))) {
        assertThat(left.map(file -> String.valueOf(file.getFileName())))
            .containsExactlyInAnyOrder(".gitattributes", "ledger.jsonl");
      }
      assertThat(site.ledger("append-key", "--add", add, "--signing-key", "key").exit()).isZero();
    }
  }

  @Test
  void sweepsWhatAKilledProcessLeftBeside() throws IOException {
    try (LedgerSite site = started()) {
      Path leftover =
          Files.writeString(directory.resolve("lake/datalake/.ledger.jsonl123.tmp"), "{\"bo");
      Path other = Files.writeString(directory.resolve("lake/datalake/.mine.tmp"), "mine");
      assertThat(site.ledger("fold").exit()).isZero();
      assertThat(leftover).doesNotExist();
      assertThat(other).exists();
    }
  }

  /** A ledger of more than a kibibyte. */
  private LedgerSite started() {
    LedgerSite site = LedgerSite.make(directory);
    site.key("key", 7);
    site.key("ci", 8);
    assertThat(site.ledger("init", "--signing-key", "key").exit()).isZero();
    site.key("more", 9);
    assertThat(
            site.ledger(
                    Map.of(),
                    "",
                    "append-key",
                    "--add",
                    site.publicKey("more"),
                    "--signing-key",
                    "key")
                .exit())
        .isZero();
    return site;
  }
}
