package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.git.GitRepository;
import dev.optr.ledger.AnchorMessage;
import dev.optr.ledger.Container;
import dev.optr.ledger.LedgerProver;
import dev.optr.ledger.LineSource;
import dev.optr.ledger.ProofDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Ledger files that proofs are made of: a bare one, or those of a commit. */
final class ProvableFiles {
  private ProvableFiles() {}

  /** A ledger file and what makes proofs of it. */
  record Provable(String path, LedgerProver prover) {}

  /** A bare file; it is read anew for each pass and never held. */
  static Provable bare(Path directory, Path file) {
    Path path = directory.resolve(file);
    if (!Files.isRegularFile(path)) {
      throw new UserException("--ledger: there is no file " + file);
    }
    LineSource lines = () -> Files.newInputStream(path);
    ProofDocument.Origin origin = new ProofDocument.Origin(file.toString(), null, null);
    return new Provable(file.toString(), new LedgerProver(lines, _ -> origin));
  }

  /** Those of a commit, the main file first. */
  static List<Provable> at(GitRepository repository, String commit) {
    return RunLedger.at(repository, commit).stream()
        .map(container -> provable(repository, commit, container))
        .toList();
  }

  private static Provable provable(GitRepository repository, String commit, Container container) {
    Bytes bytes = container.bytes();
    LineSource lines = () -> new ByteArrayInputStream(bytes.toArray());
    return new Provable(
        container.path(),
        new LedgerProver(
            lines,
            tree -> {
              String root = HexFormat.of().formatHex(tree.root().toArray());
              Optional<String> anchor = anchor(repository, commit, container.path(), root);
              return new ProofDocument.Origin(container.path(), commit, anchor.orElse(null));
            }));
  }

  /** The newest commit that changed the file, where its trailers name this very root. */
  private static Optional<String> anchor(
      GitRepository repository, String commit, String path, String root) {
    return repository.commitsTouching(commit, path).stream()
        .filter(
            touching -> AnchorMessage.root(repository.message(touching)).equals(Optional.of(root)))
        .findFirst();
  }

  /** What reading a file can come to. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws IOException;
  }

  /** Reads, and says by which file it failed. */
  static <T> T read(String path, Reading<T> reading) {
    try {
      return reading.read();
    } catch (LineSource.MalformedLinesException e) {
      throw new UserException(path + ": " + e.getMessage() + "; see 'optr verify'");
    } catch (IOException e) {
      throw ServiceException.lasting("could not read " + path + ": " + e.getMessage(), e);
    }
  }
}
