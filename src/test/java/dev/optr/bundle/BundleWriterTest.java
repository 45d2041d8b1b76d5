package dev.optr.bundle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Checkpoint;
import dev.optr.base.Disk;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.base.UserException;
import dev.optr.evidence.Check;
import dev.optr.evidence.Examined;
import dev.optr.evidence.Row;
import dev.optr.evidence.WhyNot;
import dev.optr.git.Edit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundleWriterTest {
  @TempDir private Path directory;

  private SampleBundles samples;

  @BeforeEach
  void open() {
    samples = new SampleBundles(directory);
  }

  @AfterEach
  void close() {
    samples.close();
  }

  @Test
  void replacesABundleAndNothingElse() throws IOException {
    String large = samples.write("bundle", samples.bundle());
    String small = samples.write("bundle", samples.headAlone());

    assertThat(small).isNotEqualTo(large);
    assertThat(directory.resolve("bundle/patches")).doesNotExist();
    assertThat(samples.read("bundle", small).lanes()).isEmpty();

    Path mine = Files.createDirectories(directory.resolve("mine"));
    Files.writeString(mine.resolve("thesis.txt"), "mine");
    assertThatThrownBy(() -> samples.write("mine", samples.bundle()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not empty and is no bundle");
    assertThat(mine.resolve("thesis.txt")).hasContent("mine");

    Path head = Files.createDirectories(directory.resolve("head"));
    Files.writeString(head.resolve("intent.json"), "mine too");
    assertThatThrownBy(() -> samples.write("head", samples.bundle()))
        .hasMessageContaining("is not empty and is no bundle");
    assertThat(head.resolve("intent.json")).hasContent("mine too");
  }

  @Test
  void writesThroughNoSymbolicLink() throws IOException {
    Path target = Files.createDirectories(directory.resolve("target"));
    Path bundle = Files.createDirectories(directory.resolve("bundle"));
    Files.writeString(bundle.resolve("bundle.json"), "{}");
    Files.createSymbolicLink(bundle.resolve("agent-outputs"), target);

    assertThatThrownBy(() -> samples.write("bundle", samples.bundle()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'agent-outputs': no bundle has it; a symbolic link");
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void canBeWrittenAgainWhereAWriterDidNotEnd() throws IOException {
    Path bundle = directory.resolve("bundle");
    String digest = samples.write("bundle", samples.bundle());
    Files.delete(bundle.resolve("SHA256SUMS"));
    Files.writeString(bundle.resolve(".SHA256SUMS123.tmp"), "half");

    assertThatThrownBy(() -> samples.read("bundle", digest))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("SHA256SUMS: there is no such file");
    assertThat(samples.write("bundle", samples.bundle())).isEqualTo(digest);
    assertThat(samples.read("bundle", digest).lanes()).hasSize(4);
  }

  @Test
  void holdsNoCredentialOfOurs() throws IOException {
    Examined loud = samples.claude("My key is " + SampleBundles.KEY);
    Examined leaking =
        samples.examined("codex", "x", new Edit.Create("key.txt", SampleBundles.KEY + "\n", false));
    Examined denied = withSecret(samples.mscopilot());

    String digest =
        samples.write(
            "bundle", withoutRow("mscopilot", samples.bundle(List.of(loud, leaking, denied))));

    for (String file : BundleTest.files(directory.resolve("bundle"))) {
      assertThat(Files.readString(directory.resolve("bundle").resolve(file), ISO_8859_1))
          .as(file)
          .doesNotContain(SampleBundles.KEY);
    }
    Bundle read = samples.read("bundle", digest);
    assertThat(read.lanes().get(1).candidate().withheld()).isEqualTo("no-secrets");
    assertThat(read.lanes().get(2).candidate().changes()).isNull();
    assertThat(read.header().rows()).extracting(Row::name).containsExactly("head", "claude");
  }

  @Test
  void isNotWrittenWithARowOfAWithheldPath() {
    Examined denied = withSecret(samples.claude("x"));

    assertThatThrownBy(() -> samples.write("bundle", samples.bundle(List.of(denied))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'claude' is of a withheld path");
    assertThat(directory.resolve("bundle")).doesNotExist();
  }

  @Test
  void leavesOutAPatchThatTellsACredentialOfTheRepository() throws IOException {
    String yaml = SampleBundles.YAML;
    try (SampleBundles other = new SampleBundles(directory.resolve("other"), yaml)) {
      // Its patch names the old content, which here is what the writer knows as a credential.
      BundleWriter writer =
          new BundleWriter(
              new Disk(Checkpoint.NONE),
              other.trees(),
              new Redactor(List.of(Secret.of("expects first"))),
              Optional.empty());
      Bundle bundle =
          other.bundle(
              List.of(other.examined("claude", "x", new Edit.Delete("src/test/login_test.txt"))));

      String digest = writer.write(directory.resolve("other/bundle"), bundle);

      assertThat(directory.resolve("other/bundle/patches")).doesNotExist();
      assertThat(other.read("bundle", digest).header()).isEqualTo(bundle.header());
    }
  }

  private static Bundle withoutRow(String name, Bundle bundle) {
    return Bundle.of(
        bundle.header().origin(),
        bundle.proposals(),
        true,
        List.of(),
        bundle.header().rows().stream()
            .filter(row -> !row.name().equals(name))
            .filter(row -> !row.name().startsWith("codex"))
            .map(
                row ->
                    new Row(
                        row.name(),
                        row.tree(),
                        row.agents().stream().filter(agent -> !agent.equals(name)).toList()))
            .toList());
  }

  private static Examined withSecret(Examined examined) {
    List<Check> checks = new ArrayList<>(examined.checks());
    checks.set(
        2, new Check("no-secrets", Check.Result.BROKEN, List.of("key"), 1, null, null, false));
    WhyNot why = new WhyNot(WhyNot.Code.INVARIANT_VIOLATION, "no-secrets", "key", "");
    return new Examined(examined.candidate(), checks, List.of(why));
  }
}
