package dev.optr.app;

import dev.optr.base.Disk;
import dev.optr.bundle.BundleHeader;
import dev.optr.bundle.BundleWriter;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import dev.optr.ledger.Signer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Phase propose on a repository of this machine. */
final class LocalProposal {
  private final Host host;
  private final LocalRun.Request request;
  private final OptionalLong run;
  private final List<String> images;
  private final Path directory;

  /**
   * @param run number of the run that its phases share; empty = a random one
   * @param images labels of machines on which every row is verified; empty = one, unnamed
   * @param directory takes the bundle
   */
  LocalProposal(
      Host host, LocalRun.Request request, OptionalLong run, List<String> images, Path directory) {
    this.host = host;
    this.request = request;
    this.run = run;
    this.images = List.copyOf(images);
    this.directory = directory;
  }

  Proposing.Proposed propose() throws InterruptedException {
    Progress progress = Progress.of(host);
    try (GitRepository repository = GitRepository.open(request.repository(), host.checkpoint());
        RunLock _ = RunLock.take(LocalRun.state(repository), progress)) {
      Prepared prepared = new LocalIntake(host, request).prepare(repository);
      new SeveralJobs(prepared.workflow()).notices().forEach(progress::say);
      try (TreeStore trees = TreeStore.open(repository, host.temporary())) {
        return new Proposing(
                prepared,
                trees,
                LocalRun.place(host, repository),
                origin(repository, run),
                images,
                writer(prepared, trees))
            // Nobody knows what the frozen commit itself is a change of.
            .ask(Optional.empty(), directory);
      }
    }
  }

  /**
   * Whose work a bundle is that was made here.
   *
   * @param run number of the run that its phases share; empty = a random one
   */
  static BundleHeader.Origin origin(GitRepository repository, OptionalLong run) {
    return new BundleHeader.Origin(
        RunLedger.tool(),
        LocalLedger.repository(repository),
        null,
        run.orElseGet(LocalLedger::randomId),
        1);
  }

  private BundleWriter writer(Prepared prepared, TreeStore trees) {
    Optional<Signer> signer = LocalLedger.signer(Credentials.ofVariables(host.environment()));
    return new BundleWriter(
        new Disk(host.checkpoint()), trees, prepared.wiring().redactor(), signer);
  }
}
