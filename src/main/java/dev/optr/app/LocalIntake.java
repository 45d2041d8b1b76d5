package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.git.GitRepository;
import dev.optr.intent.Wish;
import dev.optr.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Freezes the input of a local run: commit, workflow file, intent. Nobody is asked before all of it
 * is sound.
 */
final class LocalIntake {
  private final Host host;
  private final LocalRun.Request request;

  LocalIntake(Host host, LocalRun.Request request) {
    this.host = host;
    this.request = request;
  }

  Prepared prepare(GitRepository repository) {
    Path workTree =
        repository
            .workTree()
            .orElseThrow(
                () ->
                    new UserException(
                        request.repository() + ": a bare repository has no work tree to run in"));
    String commit = commit(repository);
    Path file = workflowFile(workTree);
    Workflow workflow = WorkflowSource.read(name(workTree, file), read(file));
    refuseMovingBase(repository, commit);
    Credentials credentials = Credentials.ofVariables(host.environment());
    Wiring wiring = new Wiring(host, workflow, credentials, path -> recording(file, path));
    return Prepared.freeze(
        workflow,
        wiring,
        wiring.lanes(request.agents()),
        repository.frozenTree(commit),
        Wish.choose(request.intent(), null, workflow.intent()),
        null,
        file.startsWith(workTree) ? List.of(name(workTree, file)) : List.of());
  }

  private String commit(GitRepository repository) {
    return repository
        .resolve(request.base())
        .orElseThrow(
            () -> new UserException("--base: '%s' names no commit here".formatted(request.base())));
  }

  private void refuseMovingBase(GitRepository repository, String commit) {
    if (request.commit() && !repository.resolve("HEAD").equals(Optional.of(commit))) {
      throw new UserException(
          "--base: '%s' is not HEAD, so the outcome cannot be committed here; add --no-commit"
              .formatted(request.base()));
    }
  }

  private Path workflowFile(Path workTree) {
    if (request.workflow() != null) {
      return request.workflow();
    }
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

  private static String name(Path workTree, Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    return absolute.startsWith(workTree)
        ? workTree.relativize(absolute).toString()
        : file.toString();
  }

  private static Bytes recording(Path workflow, String path) {
    return read(workflow.resolveSibling(path));
  }

  private static Bytes read(Path file) {
    try {
      return Bytes.of(Files.readAllBytes(file));
    } catch (java.nio.file.NoSuchFileException e) {
      throw new UserException(file + ": there is no such file");
    } catch (IOException e) {
      throw ServiceException.lasting("could not read " + file, e);
    }
  }
}
