package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code optr ledger init}: starting a ledger, once, and the one step to a signed one. */
final class LedgerInitCommandTest {
  @TempDir private Path directory;

  @Test
  void startsAnUnsignedLedgerInOneCommit() {
    try (LedgerSite site = LedgerSite.make(directory)) {
      String before = site.repository().head();
      Invocation started = site.ledger("init");

      assertThat(started.exit()).as(started.err()).isZero();
      String genesis = LedgerSite.genesis(started);
      Invocation verified = site.verify();
      assertThat(verified.exit()).as(verified.out()).isZero();
      assertThat(verified.document().text("genesis")).isEqualTo(genesis);
      assertThat(LedgerSite.codes(verified, "warnings")).contains("W_UNSIGNED");
      assertThat(site.repository().uncommitted()).isEmpty();
      try (var git = site.repository().repository()) {
        assertThat(git.parents(site.repository().head())).containsExactly(before);
        assertThat(git.changedPaths(site.repository().head()))
            .containsExactly("datalake/.gitattributes", "datalake/ledger.jsonl");
      }
    }
  }

  @Test
  void startsASignedLedgerWithAKeyFromAFileOrPipedInOrFromTheEnvironment() throws IOException {
    for (String way : List.of("file", "pipe", "environment")) {
      Path home = Files.createDirectory(directory.resolve(way));
      try (LedgerSite site = LedgerSite.make(home)) {
        String key = site.read(site.key("key", 7));
        Invocation started =
            switch (way) {
              case "file" -> site.ledger("init", "--signing-key", "key");
              case "pipe" -> site.ledger(Map.of(), key, "init", "--signing-key", "-");
              default -> site.ledger(Map.of("OPTR_SIGNING_KEY", key), "", "init");
            };

        assertThat(started.exit()).as(way + started.err()).isZero();
        assertThat(started.err()).isEmpty();
        assertThat(started.out()).contains("pin it").doesNotContain("PRIVATE");
        Invocation verified = site.verify("--genesis", LedgerSite.genesis(started));
        assertThat(verified.exit()).as(verified.out()).isZero();
        assertThat(verified.document().text("trust")).isEqualTo("pinned");
        Invocation keys = site.ledger("keys");
        assertThat(keys.out().lines()).hasSize(2).allMatch(line -> line.endsWith(" active"));
        assertThat(keys.out()).contains("root ", "run  ", site.fingerprint("key"));
      }
    }
  }

  @Test
  void writesTheSameGenesisAsTheFirstRunWould() {
    try (LedgerSite site = LedgerSite.make(directory)) {
      site.key("key", 7);
      String one = LedgerSite.genesis(site.ledger("init", "--signing-key", "key", "--no-commit"));

      assertThat(site.repository().uncommitted()).isNotEmpty();
      assertThat(site.main()).contains(one);
      assertThat(site.verify().exit()).as("HEAD has no ledger").isEqualTo(5);
    }
  }

  @Test
  void isAboutTheRepositoryThatIsNamed() {
    try (LedgerSite site = LedgerSite.make(directory)) {
      assertThat(site.ledger("init", "--repository", "github.com:42:octo/lake").exit()).isZero();
      assertThat(site.main())
          .contains("\"repo\":{\"host\":\"github.com\",\"id\":42,\"name\":\"octo/lake\"}");
    }
  }

  @Test
  void isAboutTheRepositoryOfTheJobInActions() {
    try (LedgerSite site = LedgerSite.make(directory)) {
      Map<String, String> job =
          Map.of(
              "GITHUB_SERVER_URL",
              "https://github.com",
              "GITHUB_REPOSITORY_ID",
              "42",
              "GITHUB_REPOSITORY",
              "octo/lake");
      assertThat(site.ledger(job, "", "init").exit()).isZero();
      assertThat(site.main()).contains("\"host\":\"github.com\",\"id\":42");
    }
  }

  @Test
  void refusesWhereALedgerIsThatGoesOn() {
    try (LedgerSite site = LedgerSite.make(directory)) {
      site.key("key", 7);
      String unsigned = LedgerSite.genesis(site.ledger("init"));
      assertRefused(site.ledger("init"), unsigned, "--signing-key");

      String signed = LedgerSite.genesis(site.ledger("init", "--signing-key", "key"));
      String head = site.repository().head();
      assertRefused(site.ledger("init", "--signing-key", "key"), signed, "append-key");
      assertRefused(site.ledger("init"), signed, "append-key");
      assertThat(site.repository().head()).isEqualTo(head);
    }
  }

  @Test
  void goesFromAnUnsignedLedgerToASignedOneAndKeepsTheOldFiles() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertThat(site.run().exit()).isZero();
      String old = site.read("datalake/ledger.jsonl");
      String oldGenesis = Invocation.text(site.verify("--json").document(), "genesis");
      String key = new KeyMaker(directory).key("key", 9);
      site.variable("OPTR_SIGNING_KEY", key);

      Invocation init =
          Invocation.of(directory, site.environment(), "ledger", "init", "--repo", "repository");
      assertThat(init.exit()).as(init.err()).isZero();
      String archive = "datalake/ledger-" + oldGenesis.substring(0, 12) + ".jsonl";
      assertThat(init.out()).contains("archived " + archive);
      assertThat(site.read(archive)).isEqualTo(old);
      String genesis = LedgerSite.genesis(init);
      assertVerified(site, genesis, 1);

      assertThat(site.run("--intent", "Another wish").exit()).isZero();
      assertThat(site.run("--intent", "A third wish").exit()).isZero();
      List<String> lines = site.read("datalake/ledger.jsonl").lines().toList();
      assertThat(lines.get(1)).contains("\"inputs\":[{").contains(archive);
      assertThat(lines.get(2)).contains("\"inputs\":[]");
      assertVerified(site, genesis, 3);
      Invocation archived =
          Invocation.of(
              directory, Map.of(), "verify", "--ledger", "repository/" + archive, "--json");
      assertThat(archived.exit()).as(archived.out()).isZero();
    }
  }

  private static void assertVerified(LocalSite site, String genesis, int entries) {
    Invocation verified = site.verify("--genesis", genesis, "--json");
    assertThat(verified.exit()).as(verified.out()).isZero();
    assertThat(verified.document().integer("entries")).isEqualTo(entries);
  }

  @Test
  void archivesTheFilesOfPullRequestsWhereTheyAreNoContainers() {
    try (LedgerSite site = LedgerSite.make(directory)) {
      site.key("key", 7);
      String genesis = LedgerSite.genesis(site.ledger("init"));
      site.repository()
          .commit(
              "A shard",
              Map.of("datalake/ledger.d/pr-7.jsonl", site.main(), "datalake/ledger.jsonl", ""));
      assertThat(site.ledger("init", "--signing-key", "key").exit()).isZero();

      assertThat(site.has("datalake/ledger.d/pr-7.jsonl")).isFalse();
      assertThat(site.has("datalake/ledger-" + genesis.substring(0, 12) + ".d/pr-7.jsonl"))
          .isTrue();
      assertThat(site.repository().uncommitted()).isEmpty();
      assertThat(site.verify("--allow-tofu").document().integer("entries")).isEqualTo(1);
    }
  }

  @Test
  void collectsTwoOfThreeSignaturesOfRootKeys() {
    try (LedgerSite site = LedgerSite.make(directory)) {
      for (int i = 1; i <= 3; i++) {
        site.key("root" + i, i);
        site.write("root" + i + ".pub", site.publicKey("root" + i) + " holder " + i + "\n");
      }
      site.key("ci", 9);
      String[] roots = {
        "--root-key",
        "root1.pub",
        "--root-key",
        "root2.pub",
        "--root-key",
        "root3.pub",
        "--signer",
        site.publicKey("ci"),
        "--signing-key",
        "root1"
      };
      assertRefused(site.ledger("init", roots), "1 more root keys", "--out");

      List<String> withOut = new java.util.ArrayList<>(List.of(roots));
      withOut.addAll(List.of("--out", "genesis.optr"));
      Invocation first = site.ledger("init", withOut.toArray(String[]::new));
      assertThat(first.exit()).as(first.err()).isZero();
      assertThat(first.out()).contains("threshold 2", "missing  1", site.fingerprint("ci"));
      assertThat(site.has("datalake")).as("nothing unfinished stands in a container").isFalse();

      assertRefused(
          site.ledger("append-key", "--sign", "genesis.optr", "--signing-key", "root1"),
          "signed already");
      assertRefused(
          site.ledger("append-key", "--sign", "genesis.optr", "--signing-key", "ci"),
          "no root key");
      Invocation second =
          site.ledger("append-key", "--sign", "genesis.optr", "--signing-key", "root3");
      assertThat(second.exit()).as(second.err()).isZero();
      Invocation verified = site.verify("--genesis", LedgerSite.genesis(second));
      assertThat(verified.exit()).as(verified.out()).isZero();
      assertThat(site.ledger("keys").out().lines().filter(line -> line.startsWith("root")))
          .hasSize(3);
    }
  }

  @Test
  void refusesWhatMakesNoSense() throws IOException {
    try (LedgerSite site = LedgerSite.make(directory)) {
      site.key("key", 7);
      site.write("open.pub", "ssh-rsa AAAA me\n");
      assertRefused(site.ledger("init", "--signing-key", "absent"), "no such file");
      assertRefused(site.ledger("init", "--signing-key", "-"), "is empty");
      assertRefused(site.ledger("init", "--root-key", "open.pub"), "ssh-keygen -t ed25519");
      assertRefused(site.ledger("init", "--root-key", "key"), "key.pub");
      assertRefused(site.ledger("init", "--root-key", "ssh-ed25519 AAAA"), "not sound");
      assertRefused(
          site.ledger("init", "--signing-key", "key", "--threshold", "2"), "write 1 to 1");
      assertRefused(site.ledger("init", "--threshold", "1"), "--root-key");
      assertRefused(site.ledger("init", "--repository", "octo/lake"), "HOST:ID:NAME");
      assertThat(site.has("datalake")).isFalse();

      Files.setPosixFilePermissions(
          directory.resolve("key"), PosixFilePermissions.fromString("rw-r--r--"));
      Invocation warned = site.ledger("init", "--signing-key", "key");
      assertThat(warned.exit()).isZero();
      assertThat(warned.err()).contains("warning", "chmod 600");
    }
  }

  @Test
  void refusesToOverwriteLinesThatNobodyCommitted() {
    try (LedgerSite site = LedgerSite.make(directory)) {
      site.key("key", 7);
      assertThat(site.ledger("init", "--no-commit").exit()).isZero();
      String lines = site.main();

      assertRefused(site.ledger("init"), "has lines that HEAD has not");
      assertThat(site.main()).isEqualTo(lines);
    }
  }

  @Test
  void goesOnWhereACrashLeftTheWorkTreeBehind() {
    try (LedgerSite site = LedgerSite.make(directory)) {
      site.key("key", 7);
      site.key("ci", 8);
      assertThat(site.ledger("init", "--signing-key", "key").exit()).isZero();
      String older = site.main();
      String[] add = {"--add", site.publicKey("ci"), "--signing-key", "key"};
      assertThat(site.ledger("append-key", add).exit()).isZero();
      site.repository().write("datalake/ledger.jsonl", older);

      String[] revoke = {"--revoke", site.fingerprint("ci"), "--signing-key", "key"};
      Invocation revoked = site.ledger("append-key", revoke);
      assertThat(revoked.exit()).as(revoked.err()).isZero();
      assertThat(site.main().lines()).hasSize(3);
      assertThat(site.repository().uncommitted()).isEmpty();
    }
  }

  private static void assertRefused(Invocation refused, String... words) {
    assertThat(refused.exit()).as(refused.out() + refused.err()).isEqualTo(2);
    assertThat(refused.err()).contains(words).doesNotContain("PRIVATE KEY-");
    assertThat(refused.err().lines()).as("one sentence").hasSize(1);
    assertThat(refused.out()).isEmpty();
  }
}
