package dev.optr.app;

import dev.optr.base.UserException;
import dev.optr.bundle.Bundle;
import dev.optr.bundle.BundleHeader;
import dev.optr.bundle.BundleReader;
import dev.optr.bundle.OpenedBundle;
import dev.optr.evidence.Row;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes one row of a bundle into a checkout of the frozen commit, so that the user's own steps can
 * build and test it. Says and does what the action in {@code apply/} does by git alone.
 */
final class RowApplication {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern ROW = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}(\\+frozen-tests)?");

  private final Host host;

  RowApplication(Host host) {
    this.host = host;
  }

  /**
   * @param digest of the bundle, from elsewhere than the bundle
   * @param row {@code head}, the name of an agent, or that with {@code +frozen-tests}
   * @param directory in the work tree to write to
   * @throws UserException where bundle, row or work tree are not what they should be; nothing is
   *     written then
   */
  void write(Path bundle, String digest, String row, Path directory) {
    checkArguments(bundle, digest, row);
    OpenedBundle opened = new BundleReader(Optional.empty()).open(bundle, digest);
    try (GitRepository repository = GitRepository.open(directory, host.checkpoint())) {
      checkHead(repository, opened.header().frozen(), directory);
      try (TreeStore trees = TreeStore.open(repository, host.temporary())) {
        Row chosen = row(opened.read(repository, trees), row);
        List<String> problems = trees.checkOut(opened.header().frozen().commit(), chosen.tree());
        if (!problems.isEmpty()) {
          throw inTheWay(directory, row, problems);
        }
      }
    }
  }

  private static void checkArguments(Path bundle, String digest, String row) {
    if (!DIGEST.matcher(digest).matches()) {
      throw new UserException(
          "bundle-digest: '%s' is not a SHA-256; write the propose job's output, as ${{ needs.propose.outputs.bundle-digest }}"
              .formatted(digest));
    }
    if (!ROW.matcher(row).matches()) {
      throw new UserException(
          "row: '%s' is not the name of a row; write ${{ matrix.row }}".formatted(row));
    }
    if (!Files.isDirectory(bundle)) {
      throw new UserException(
          "bundle: there is no directory '%s'; download the artifact there first"
              .formatted(bundle));
    }
  }

  private static void checkHead(
      GitRepository repository, BundleHeader.FrozenCommit frozen, Path directory) {
    if (repository.workTree().isEmpty()) {
      throw new UserException(
          "path: '%s' is not in a git work tree; check the repository out first"
              .formatted(directory));
    }
    String head =
        repository
            .resolve("HEAD")
            .orElseThrow(
                () ->
                    new UserException("path: '%s' has no commit checked out".formatted(directory)));
    if (!head.equals(frozen.commit())) {
      throw new UserException(
          "path: '%s' is at %s, but the bundle is about %s; write 'ref: %s' (or ${{ matrix.commit }}) for actions/checkout, which on pull_request checks out a merge commit otherwise"
              .formatted(directory, head, frozen.commit(), frozen.commit()));
    }
  }

  private static Row row(Bundle bundle, String row) {
    return bundle
        .row(row)
        .orElseThrow(() -> new UserException("row: the bundle has no row '%s'".formatted(row)));
  }

  private static UserException inTheWay(Path directory, String row, List<String> problems) {
    return new UserException(
        problems.stream()
            .map(
                problem ->
                    "path: %s in '%s', and the row '%s' writes it; apply before any step that does. Nothing was written"
                        .formatted(problem, directory, row))
            .toList());
  }
}
