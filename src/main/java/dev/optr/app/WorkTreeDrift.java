package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.ServiceException;
import dev.optr.git.GitRepository;
import dev.optr.ledger.Code;
import dev.optr.ledger.Container;
import dev.optr.ledger.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Ledger files of the work tree that are not those of the commit which is verified. */
final class WorkTreeDrift {
  private final GitRepository repository;
  private final List<Container> containers;

  /**
   * @param containers of the commit; those of other branches have no place in the work tree
   */
  WorkTreeDrift(GitRepository repository, List<Container> containers) {
    this.repository = repository;
    this.containers =
        containers.stream().filter(container -> Container.isLedger(container.path())).toList();
  }

  List<Finding> findings() {
    return repository.workTree().stream()
        .flatMap(root -> containers.stream().filter(it -> differs(root, it)))
        .map(WorkTreeDrift::finding)
        .toList();
  }

  private static boolean differs(Path root, Container container) {
    Path file = root.resolve(container.path());
    try {
      return !Bytes.of(Files.readAllBytes(file)).equals(container.bytes());
    } catch (NoSuchFileException _) {
      return true;
    } catch (IOException e) {
      throw ServiceException.lasting("could not read " + file, e);
    }
  }

  private static Finding finding(Container container) {
    return new Finding(
        Code.W_DRIFT,
        container.path(),
        null,
        null,
        null,
        null,
        "the work tree has another file than the commit, which is what was checked");
  }
}
