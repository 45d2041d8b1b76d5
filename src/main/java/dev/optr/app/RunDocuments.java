package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.UserException;
import dev.optr.git.GitRepository;
import dev.optr.ledger.Body;
import dev.optr.ledger.RecordedFile;
import dev.optr.workflow.Workflow;
import java.util.List;
import java.util.Optional;

/**
 * The documents of one run, wherever a commit has them with the bytes that the entry vouches for:
 * whoever pushes to a branch can put an entry's line beside documents of their own.
 *
 * @param commits where they may be: the anchor, or what it became
 */
record RunDocuments(GitRepository repository, List<String> commits, Body.Run run) {
  private static final String WORKFLOWS = "datalake/workflows/";
  private static final String INTENT = "/intent.json";

  RunDocuments {
    commits = List.copyOf(commits);
  }

  /** Name of their directory; empty where the entry names no intent. */
  Optional<String> directory() {
    return run.outputs().stream()
        .map(RecordedFile::path)
        .filter(path -> path.matches(WORKFLOWS + "[^/]+" + INTENT))
        .map(path -> path.substring(WORKFLOWS.length(), path.length() - INTENT.length()))
        .findFirst();
  }

  boolean areAbout(String tree) {
    return file(path(INTENT)).filter(it -> it.utf8().contains("\"" + tree + "\"")).isPresent();
  }

  Workflow workflow() {
    String path = path("/workflow-optr.yaml");
    return WorkflowSource.read(
        path, file(path).orElseThrow(() -> new UserException(path + ": is not in this clone")));
  }

  private String path(String name) {
    return WORKFLOWS + directory().orElse("") + name;
  }

  /** Those that no commit has, or none with these bytes. */
  List<String> missing() {
    return run.outputs().stream()
        .filter(output -> file(output).isEmpty())
        .map(RecordedFile::path)
        .toList();
  }

  /** A document by its path from the repository's root. */
  Optional<Bytes> file(String path) {
    return run.outputs().stream()
        .filter(output -> output.path().equals(path))
        .findFirst()
        .flatMap(this::file);
  }

  private Optional<Bytes> file(RecordedFile output) {
    return commits.stream()
        .flatMap(commit -> repository.file(commit, output.path()).stream())
        .filter(bytes -> bytes.sha256().equals(output.sha256()))
        .findFirst();
  }
}
