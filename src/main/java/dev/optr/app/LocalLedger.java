package dev.optr.app;

import dev.optr.base.Secret;
import dev.optr.git.CommitSigner;
import dev.optr.git.GitRepository;
import dev.optr.ledger.Container;
import dev.optr.ledger.Ed25519Signer;
import dev.optr.ledger.Layout;
import dev.optr.ledger.LedgerAppender;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.ledger.PullRequestRef;
import dev.optr.ledger.RepositoryId;
import dev.optr.ledger.Signer;
import dev.optr.ledger.SshSignature;
import dev.optr.ledger.Timestamper;
import dev.optr.ledger.Trust;
import dev.optr.ledger.VerifyOptions;
import dev.optr.ledger.WorkflowRun;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ledger of a repository that no host knows. */
final class LocalLedger {
  private static final long LARGEST_RUN_ID = (1L << 53) - 1;

  private LocalLedger() {}

  /**
   * @param side what the side branch holds; empty where anchors do not go there
   */
  static RunLedger open(
      Host host,
      GitRepository repository,
      String commit,
      Optional<SideBranch.Content> side,
      Layout layout,
      Optional<Signer> signer,
      Optional<String> genesis,
      Timestamper timestamper) {
    LedgerAppender appender =
        new LedgerAppender(new LedgerVerifier(), layout, signer, genesis, timestamper);
    return new RunLedger(
        appender,
        RunLedger.at(repository, commit),
        side.map(SideBranch.Content::files),
        List.of(),
        RunLedger.archivedAt(repository, commit),
        identity(host, repository, null),
        host.clock());
  }

  static boolean isSigned(
      GitRepository repository, String commit, Optional<SideBranch.Content> side) {
    List<Container> files =
        RunLedger.joined(
            RunLedger.at(repository, commit),
            side.map(SideBranch.Content::files).orElse(List.of()));
    return new LedgerVerifier().verify(files, VerifyOptions.standard()).trust() != Trust.NONE;
  }

  /**
   * Who runs here.
   *
   * @param pr the pull request that it is about, where that is known
   */
  static RunIdentity identity(Host host, GitRepository repository, @Nullable PullRequestRef pr) {
    WorkflowRun run = new WorkflowRun(randomId(), 1, "local", "local", actor(host.environment()));
    return new RunIdentity(repository(repository), null, pr, run);
  }

  /** A repository that no host knows, by the name of its directory. */
  static RepositoryId repository(GitRepository repository) {
    Path workTree = repository.workTree().orElseGet(repository::gitDirectory);
    return RepositoryId.local(String.valueOf(workTree.getFileName()));
  }

  // Outside of Actions nobody numbers runs; a random id keeps two machines apart.
  static long randomId() {
    return new SecureRandom().nextLong(1, LARGEST_RUN_ID + 1);
  }

  private static String actor(Map<String, String> environment) {
    String user = environment.getOrDefault("USER", "");
    return user.isBlank() ? "local" : user;
  }

  static Optional<Signer> signer(Credentials credentials) {
    return credentials.signingKey().map(LocalLedger::signer);
  }

  private static Signer signer(Secret key) {
    return Ed25519Signer.of(key);
  }

  static Optional<CommitSigner> commitSigner(Optional<Signer> signer) {
    return signer.map(key -> commit -> key.sign(commit, SshSignature.GIT).armoured());
  }
}
