package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A workflow file on this machine.
 *
 * @param name as messages name it: from the work tree's root where it lies in there
 */
record LocalWorkflow(Path file, String name) {
  /**
   * @param given null = the default places in the work tree
   * @throws UserException where there is none
   */
  static LocalWorkflow find(Path workTree, @Nullable Path given) {
    Path file = given == null ? inDefaultPlace(workTree) : given;
    Path absolute = file.toAbsolutePath().normalize();
    return new LocalWorkflow(
        file,
        absolute.startsWith(workTree) ? workTree.relativize(absolute).toString() : file.toString());
  }

  /**
   * @throws UserException with every finding
   */
  Workflow read() {
    return WorkflowSource.read(name, read(file));
  }

  /** A recording that lies beside it. */
  Bytes recording(String path) {
    return read(file.resolveSibling(path));
  }

  boolean isIn(Path workTree) {
    return file.startsWith(workTree);
  }

  private static Path inDefaultPlace(Path workTree) {
    return WorkflowSource.DEFAULT_PATHS.stream()
        .map(workTree::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "no workflow file: neither %s is in %s; write one or name it with --workflow"
                        .formatted(String.join(" nor ", WorkflowSource.DEFAULT_PATHS), workTree)));
  }

  private static Bytes read(Path file) {
    try {
      return Bytes.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new UserException(file + ": there is no such file");
    } catch (IOException e) {
      throw ServiceException.lasting("could not read " + file, e);
    }
  }
}
