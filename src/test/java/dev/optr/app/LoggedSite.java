package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.optr.base.JsonObject;
import dev.optr.testing.RealGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A repository whose runs write the anchor log, and what real git does to it. */
final class LoggedSite implements AutoCloseable {
  static final String EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

  private final Path home;
  private final LocalSite site;
  private final RealGit git;

  private LoggedSite(Path home, LocalSite site) {
    this.home = home;
    this.site = site;
    this.git = RealGit.in(site.repository().directory());
  }

  /**
   * @param log the setting {@code ledger.log}
   */
  static LoggedSite with(Path home, String log) {
    assumeTrue(RealGit.isPresent(), "git is what audits here");
    LocalSite site =
        LocalSite.withTwoGoodAgents(home).settings("ledger: {mode: enabled, log: '" + log + "'}");
    return new LoggedSite(home, site);
  }

  /** With a key made by ssh-keygen; gives the public key's line. */
  String sign(String name) throws IOException, InterruptedException {
    Path file = home.resolve(name);
    try {
      Process made =
          new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString())
              .start();
      assertThat(made.waitFor()).isZero();
    } catch (IOException absent) {
      assumeTrue(false, "there is no ssh-keygen here");
    }
    site.variable("OPTR_SIGNING_KEY", Files.readString(file));
    return Files.readString(home.resolve(name + ".pub")).strip();
  }

  LocalSite site() {
    return site;
  }

  RealGit git() {
    return git;
  }

  Path directory() {
    return site.repository().directory();
  }

  /** A run that decides; gives its anchor. */
  String decide(String intent, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--intent", intent));
    arguments.addAll(List.of(more));
    Invocation run = site.run(arguments.toArray(String[]::new));
    assertThat(run.exit()).as(run.err()).isZero();
    return site.repository().head();
  }

  /** The one commit that a ref names, if there is such a ref. */
  Optional<String> tip(String ref) {
    String found = git.text("for-each-ref", "--format=%(objectname)", ref).strip();
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  /** Commits of the log, oldest first, as git walks them. */
  List<String> log(String ref) {
    String number = git.text("log", "-1", "--format=%B", ref);
    String count = number.replaceAll("(?s).*\nnumber: (\\d+)\n.*", "$1");
    return git.text("rev-list", "--first-parent", "-n", count, "--reverse", ref).lines().toList();
  }

  /** The message of a commit. */
  String message(String commit) {
    return git.text("log", "-1", "--format=%B", commit).stripTrailing() + "\n";
  }

  /** A commit made by hand. */
  String commitTree(String tree, String message, String... parents) {
    List<String> arguments =
        new ArrayList<>(
            List.of("-c", "user.name=E", "-c", "user.email=e@example.org", "commit-tree", tree));
    for (String parent : parents) {
      arguments.addAll(List.of("-p", parent));
    }
    return new String(
            git.bytesFrom(
                message.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                arguments.toArray(String[]::new)),
            java.nio.charset.StandardCharsets.UTF_8)
        .strip();
  }

  Invocation verify(String... more) {
    return site.verify(more);
  }

  /** Codes of what was found against it, each once, sorted. */
  static List<String> codes(Invocation verified, String member) {
    return verified.document().array(member).stream()
        .map(finding -> String.valueOf(((JsonObject) finding).text("code")))
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public void close() {
    site.close();
  }
}
