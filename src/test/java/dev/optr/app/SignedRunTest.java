package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Local runs on a signed ledger, with a key as {@code ssh-keygen} makes it. */
final class SignedRunTest {
  @TempDir Path directory;

  private String key = "";

  @BeforeEach
  void makeAKey() throws Exception {
    key = newKey("key");
  }

  @Test
  void startsASignedLedgerAndPrintsTheGenesisToPin() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      site.variable("OPTR_SIGNING_KEY", key);

      Invocation run = site.run("--json");

      assertThat(run.exit()).as(run.err()).isZero();
      Invocation tofu = site.verify("--json");
      assertThat(tofu.exit()).as(tofu.out()).isEqualTo(5);
      String genesis = Invocation.text(tofu.document(), "genesis");
      assertThat(run.err()).contains("genesis " + genesis);
      Invocation pinned = site.verify("--genesis", genesis, "--json");
      assertThat(pinned.exit()).as(pinned.out()).isZero();
      assertThat(pinned.document().text("trust")).isEqualTo("pinned");
      assertThat(run.out() + run.err()).doesNotContain(key.lines().skip(1).findFirst().orElse("?"));

      Invocation second = site.run("--intent", "Another wish", "--genesis", genesis);
      assertThat(second.exit()).as(second.err()).isZero();
      assertThat(second.err()).doesNotContain("pin it");
      assertThat(site.verify("--genesis", genesis).exit()).isZero();
    }
  }

  @Test
  void takesThePinFromTheEnvironmentAsVerifyDoes() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      site.variable("OPTR_SIGNING_KEY", key);
      assertThat(site.run().exit()).isZero();
      site.variable("OPTR_GENESIS", "a".repeat(64));

      Invocation run = site.run("--intent", "Another wish");

      assertThat(run.exit()).as(run.err()).isEqualTo(4);
      assertThat(run.err()).contains("E_GENESIS").doesNotContain(": asked");
    }
  }

  @Test
  void refusesToGoOnWithoutTheKey() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      site.variable("OPTR_SIGNING_KEY", key);
      assertThat(site.run().exit()).isZero();
      String head = site.repository().head();
      String ledger = site.read("datalake/ledger.jsonl");
      site.withoutVariable("OPTR_SIGNING_KEY");

      Invocation refused = site.run("--intent", "Another wish");
      assertThat(refused.exit()).as(refused.err()).isEqualTo(2);
      assertThat(refused.err()).contains("OPTR_SIGNING_KEY", "--no-commit");
      assertThat(refused.err()).doesNotContain(": asked");

      Invocation uncommitted = site.run("--intent", "Another wish", "--no-commit", "--json");
      assertThat(uncommitted.exit()).as(uncommitted.err()).isZero();
      assertThat(Invocation.isNull(uncommitted.document(), "ledgerEntry")).isTrue();
      assertThat(site.read("datalake/ledger.jsonl")).isEqualTo(ledger);
      assertThat(site.repository().head()).isEqualTo(head);
    }
  }

  @Test
  void refusesAKeyThatTheLedgerDoesNotKnow() throws Exception {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      site.variable("OPTR_SIGNING_KEY", key);
      assertThat(site.run().exit()).isZero();
      site.variable("OPTR_SIGNING_KEY", newKey("other"));

      Invocation refused = site.run("--intent", "Another wish");

      assertThat(refused.exit()).as(refused.err()).isEqualTo(2);
      assertThat(refused.err()).contains("is no key of this ledger").doesNotContain(": asked");
    }
  }

  @Test
  void refusesWhatIsNoKeyWithoutRepeatingIt() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      site.variable("OPTR_SIGNING_KEY", "hunter2-hunter2-hunter2");

      Invocation refused = site.run();

      assertThat(refused.exit()).isEqualTo(2);
      assertThat(refused.err()).contains("signing-key").doesNotContain("hunter2", ": asked");
    }
  }

  private String newKey(String name) throws IOException, InterruptedException {
    Path file = directory.resolve(name);
    try {
      Process made =
          new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString())
              .start();
      assertThat(made.waitFor()).isZero();
    } catch (IOException absent) {
      assumeTrue(false, "there is no ssh-keygen here");
    }
    return Files.readString(file);
  }
}
