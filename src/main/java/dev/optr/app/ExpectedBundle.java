package dev.optr.app;

import dev.optr.base.UserException;
import dev.optr.bundle.Bundle;
import dev.optr.bundle.BundleHeader;
import dev.optr.bundle.BundleReader;
import dev.optr.bundle.OpenedBundle;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads bundles that must be of the very input that was frozen here.
 *
 * @param origin repository, pull request and run of this phase
 * @param run number of the run; empty where nothing here knows it
 */
record ExpectedBundle(
    BundleHeader.Origin origin,
    OptionalLong run,
    Prepared prepared,
    GitRepository repository,
    TreeStore trees) {

  /**
   * @param digest as it came another way than the bundle
   * @throws UserException where it was changed, or is of another run, head, policy or intent
   */
  Bundle read(Path directory, String digest) {
    OpenedBundle opened = new BundleReader(Optional.empty()).open(directory, digest);
    BundleHeader header = opened.header();
    List<String> mismatches =
        header.mismatches(
            origin.repository(),
            origin.pullRequest(),
            run.orElse(header.runId()),
            prepared.intent().commit(),
            prepared.workflow().policyDigest(),
            prepared.intent().digest());
    if (!mismatches.isEmpty()) {
      throw new UserException(
          mismatches.stream().map(mismatch -> directory + ": " + mismatch).toList());
    }
    return opened.read(repository, trees);
  }
}
