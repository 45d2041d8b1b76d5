package dev.optr.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.ledger.Ed25519Signer;
import dev.optr.testing.RealGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the shell of docs/bundle.md as it stands there. */
final class BundlePageTest {
  private static final Pattern SHELL = Pattern.compile("(?s)```sh\n(.*?)```");

  @TempDir private Path directory;

  @Test
  void saysWhatWorks() throws IOException, InterruptedException {
    try (SampleBundles samples = new SampleBundles(directory)) {
      Path clone = prepare(samples);
      Bundle bundle = samples.bundle();
      for (String row : List.of("claude", "codex", "codex+frozen-tests")) {
        String said = run(clone, row);
        assertThat(said)
            .endsWith(bundle.row(row).orElseThrow().tree() + "\n")
            .contains("src/login.txt");
      }
    }
  }

  @Test
  void findsWhatWasChanged() throws IOException, InterruptedException {
    try (SampleBundles samples = new SampleBundles(directory)) {
      Path clone = prepare(samples);
      Path bundle = directory.resolve("bundle");
      Path extra = Files.writeString(bundle.resolve("extra"), "x");
      assertThat(exit(clone, "claude")).isNotZero();
      Files.delete(extra);
      assertThat(exit(clone, "claude")).isZero();
      Files.writeString(bundle.resolve("intent.json"), "{}");
      assertThat(exit(clone, "claude")).isNotZero();
      String sealed = new Forgery(bundle).seal();
      assertThat(sealed).isNotEqualTo(Files.readString(directory.resolve("digest")));
      assertThat(exit(clone, "claude")).isNotZero();
    }
  }

  @Test
  void namesEveryMemberOfTheHeader() throws IOException {
    String page = Files.readString(Path.of("docs", "bundle.md"));
    try (SampleBundles samples = new SampleBundles(directory)) {
      HeaderJson header = new HeaderJson(samples.bundle().header(), Map.of());
      header
          .document()
          .members()
          .keySet()
          .forEach(member -> assertThat(page).contains("`" + member + "`"));
    }
  }

  private Path prepare(SampleBundles samples) throws IOException {
    Ed25519Signer signer = BundleSignatureTest.signer(directory);
    String digest = samples.writer(signer).write(directory.resolve("bundle"), samples.bundle());
    RealGit.in(directory)
        .text("clone", "-q", "--depth=1", "file://" + samples.repositoryDirectory(), "clone");
    Path clone = directory.resolve("clone");
    Files.writeString(clone.resolve("allowed_signers"), "optr " + signer.publicKey().line() + "\n");
    Files.writeString(directory.resolve("digest"), digest);
    return clone;
  }

  private String run(Path clone, String row) throws IOException, InterruptedException {
    assertThat(exit(clone, row)).as(Files.readString(directory.resolve("said"))).isZero();
    return Files.readString(directory.resolve("said"));
  }

  private int exit(Path clone, String row) throws IOException, InterruptedException {
    String script =
        String.join(
            "",
            SHELL
                .matcher(Files.readString(Path.of("docs", "bundle.md")))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList());
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-e", "-c", script)
            .directory(clone.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("said").toFile());
    shell
        .environment()
        .putAll(
            Map.of(
                "BUNDLE",
                directory.resolve("bundle").toString(),
                "DIGEST",
                Files.readString(directory.resolve("digest")),
                "ROW",
                row,
                "GIT_CONFIG_GLOBAL",
                "/dev/null"));
    return shell.start().waitFor();
  }
}
