package dev.optr.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.optr.testing.ManyCommands;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.RealGit;
import dev.optr.testing.Tampering;
import dev.optr.testing.TamperingPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What can be done to a repository with an anchor log, whose signed ledger took the place of an
 * unsigned one, and what {@code optr verify} in another process says of it.
 */
final class LoggedTamperingIT {
  private static final String LEDGER = "datalake/ledger.jsonl";
  private static final String LOG = "refs/heads/optr-log";

  @TempDir private Path directory;

  private final List<Tampering> rows = new ArrayList<>();
  private String genesis = "";
  private String archived = "";

  @Test
  void everyTamperingIsSaidAsTheTableSays() throws Exception {
    assumeTrue(RealGit.isPresent(), "git writes a commit as it is told");
    makeTemplate();
    row("none", "nothing", 0, _ -> {}, "W_NO_OUTSIDE_MEMORY");
    truncation();
    log();
    inputs();

    List<ProgramProcess.Result> results =
        ManyCommands.run(
            directory,
            Map.of("PATH", System.getenv("PATH")),
            rows.stream().map(Tampering::command).toList());
    List<Tampering> wrong = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Tampering found = rows.get(i).found(results.get(i));
      if (!rows.get(i).isBorneOutBy(found)) {
        wrong.add(found);
      }
    }
    assertThat(wrong).as("what came out otherwise than it should").isEmpty();
    TamperingPage.check("Repositories with an anchor log", rows);
  }

  private void truncation() {
    row(
        "truncate",
        "the branch set back, the log not",
        4,
        git -> git.text("reset", "-q", "--hard", "HEAD~1"),
        "E_TRUNCATED");
    Consumer<RealGit> both =
        git -> {
          git.text("reset", "-q", "--hard", "HEAD~1");
          git.text("update-ref", LOG, LOG + "~1");
        };
    row("truncate", "the branch and the log set back", 0, both, "W_NO_OUTSIDE_MEMORY");
    Path copy = row("truncate", "the branch and the log set back", 4, both, "E_ROLLBACK");
    remember(RealGit.in(copy).text("rev-parse", "ORIG_HEAD").strip());
    row(
        "squash",
        "all decisions in one commit, their anchors kept by the log alone",
        0,
        git -> squash(git, 3),
        "W_NO_OUTSIDE_MEMORY");
  }

  private void log() {
    row(
        "truncate",
        "one commit of the log taken out",
        4,
        git -> relink(git, "$1", git.text("rev-parse", LOG + "~2").strip()),
        "E_ANCHOR_SIG",
        "E_LOG_GAP");
    row(
        "forge",
        "another number in the log",
        4,
        git -> rewrite(git, "\nnumber: 3\n", "\nnumber: 4\n"),
        "E_ANCHOR_SIG",
        "E_LOG_GAP");
    row(
        "forge",
        "a commit of the log without signature",
        4,
        git -> rewrite(git, "gpgsig (.|\n)*?-----END SSH SIGNATURE-----\n", ""),
        "E_ANCHOR_SIG");
    row(
        "squash",
        "all decisions in one commit, and a log that keeps no anchor",
        4,
        git -> {
          rewrite(git, "\nparent [0-9a-f]{40}\n(?=author)", "\n");
          squash(git, 3);
          git.text("reflog", "expire", "--expire=now", "--all");
          git.text("gc", "-q", "--prune=now");
        },
        "E_ANCHOR_MISSING",
        "E_ANCHOR_SIG",
        "E_LOG_GAP");
  }

  private void inputs() {
    row(
        "input changed",
        "the archived ledger, in the anchor that names it",
        4,
        git -> {
          String message = git.text("log", "-1", "--format=%B", "HEAD~2");
          git.text("branch", "-q", "-D", "optr-log");
          git.text("reset", "-q", "--hard", "HEAD~2");
          git.text("reset", "-q", "--soft", "HEAD~1");
          write(git, archived, "nothing was decided before\n");
          git.text("add", archived);
          git.text("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", message);
        },
        "E_ANCHOR_MISMATCH",
        "E_INPUT");
    row(
        "input changed",
        "the archived ledger, later",
        0,
        git -> {
          write(git, archived, "nothing was decided before\n");
          git.text("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-am", "Tidy up");
        },
        "W_DRIFT");
  }

  private void makeTemplate() throws Exception {
    Path home = directory.resolve("template");
    String key = key();
    try (LocalSite site = LocalSite.withTwoGoodAgents(home)) {
      assertThat(site.run("--intent", "The first wish").exit()).isZero();
      Path keyFile = Files.writeString(home.resolve("key"), key);
      Invocation signed =
          Invocation.of(
              home,
              site.environment(),
              "ledger",
              "init",
              "--repo",
              "repository",
              "--signing-key",
              keyFile.toString());
      assertThat(signed.exit()).as(signed.err()).isZero();
      site.variable("OPTR_SIGNING_KEY", key).settings("ledger: {log: branch}");
      for (String wish : List.of("A wish", "Another wish", "A third wish")) {
        assertThat(site.run("--intent", wish).exit()).isZero();
      }
      String first = site.read(LEDGER).lines().findFirst().orElseThrow();
      genesis = Invocation.text(Invocation.document(first), "id");
      archived =
          RealGit.in(home.resolve("repository"))
              .text("ls-files", "datalake/ledger-*.jsonl")
              .strip();
    }
  }

  private static String key() throws Exception {
    byte[] pkcs8 =
        KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getEncoder().encodeToString(pkcs8)
        + "\n-----END PRIVATE KEY-----\n";
  }

  private Path row(String kind, String done, int exit, Consumer<RealGit> deed, String... codes) {
    Path copy = copy(directory.resolve("case-" + rows.size()));
    deed.accept(RealGit.in(copy));
    rows.add(
        new Tampering(
            kind,
            done,
            List.of("--repo", copy.toString(), "--genesis", genesis, "--no-remember"),
            exit,
            List.of(codes)));
    return copy;
  }

  /** The last row knows an anchor besides. */
  private void remember(String anchor) {
    Tampering row = rows.removeLast();
    List<String> arguments = new ArrayList<>(row.arguments());
    arguments.addAll(List.of("--anchor", anchor));
    rows.add(new Tampering(row.kind(), row.done(), arguments, row.exit(), row.codes()));
  }

  /** The last commits become one, with a message of its own. */
  private static void squash(RealGit git, int commits) {
    git.text("reset", "-q", "--soft", "HEAD~" + commits);
    git.text("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "Fix it (#7)");
  }

  /** The tip of the log upon another commit. */
  private static void relink(RealGit git, String before, String parent) {
    rewrite(git, "^(tree [0-9a-f]{40}\n)parent [0-9a-f]{40}", before + "parent " + parent);
  }

  /** The tip of the log with other bytes in it. */
  private static void rewrite(RealGit git, String pattern, String text) {
    String commit = git.text("cat-file", "commit", LOG);
    String other = commit.replaceFirst(pattern, text);
    assertThat(other).isNotEqualTo(commit);
    byte[] id =
        git.bytesFrom(other.getBytes(UTF_8), "hash-object", "-t", "commit", "-w", "--stdin");
    git.text("update-ref", LOG, new String(id, US_ASCII).strip());
  }

  private static void write(RealGit git, String path, String text) {
    Path root = Path.of(git.text("rev-parse", "--show-toplevel").strip());
    try {
      Files.writeString(root.resolve(path), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path copy(Path copy) {
    Path original = directory.resolve("template/repository");
    try (Stream<Path> files = Files.walk(original)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(original.relativize(file).toString()));
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
