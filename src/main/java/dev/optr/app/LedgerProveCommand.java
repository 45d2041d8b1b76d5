package dev.optr.app;

import dev.optr.base.PrettyJson;
import dev.optr.base.UserException;
import dev.optr.git.GitRepository;
import dev.optr.ledger.Container;
import dev.optr.ledger.LedgerProver;
import dev.optr.ledger.ProofDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code optr ledger prove}: an RFC 6962 proof about a ledger file, as one JSON document. */
@Command(
    name = "prove",
    mixinStandardHelpOptions = true,
    description =
        "Proves that an entry is in a ledger file, or that the file only grew (RFC 6962).")
final class LedgerProveCommand implements Callable<Integer> {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{1,64}");

  private final Host host;

  @Mixin private final RepositoryDirectory repository = new RepositoryDirectory();

  @Option(
      names = "--ledger",
      paramLabel = "FILE",
      description = "a bare ledger file instead of a repository")
  private @Nullable Path ledger;

  @Option(
      names = "--at",
      paramLabel = "REVISION",
      description = "the commit whose ledger it is about, for example an anchor; default: HEAD")
  private @Nullable String revision;

  @Option(
      names = "--consistency",
      paramLabel = "OLDSIZE",
      description = "prove that the first OLDSIZE lines of the file are still its first ones")
  private @Nullable Long oldSize;

  @Option(
      names = "--container",
      paramLabel = "PATH",
      description =
          "the ledger file; default: the first that has the entry, else " + Container.MAIN)
  private @Nullable String container;

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "the id of the entry, or how it begins")
  private @Nullable String id;

  LedgerProveCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    if ((id == null) == (oldSize == null)) {
      throw new UserException("write the ID of an entry, or --consistency OLDSIZE");
    }
    if (ledger != null && (repository.isGiven() || revision != null || container != null)) {
      throw new UserException("--ledger goes without --repo, --at and --container");
    }
    host.out().print(PrettyJson.text(proof().json()));
    host.out().flush();
    return ExitCode.OK.code();
  }

  private ProofDocument proof() {
    if (ledger != null) {
      return proof(List.of(ProvableFiles.bare(host.directory(), ledger)), ledger.toString());
    }
    Path directory = repository.in(host);
    String at = revision == null ? "HEAD" : revision;
    try (GitRepository git = GitRepository.open(directory, host.checkpoint())) {
      String commit =
          git.resolve(at)
              .orElseThrow(() -> new UserException("--at: '%s' names no commit".formatted(at)));
      return proof(
          ProvableFiles.at(git, commit).stream()
              .filter(file -> container == null || file.path().equals(container))
              .toList(),
          "the ledger at " + at);
    }
  }

  private ProofDocument proof(List<ProvableFiles.Provable> files, String where) {
    return id == null ? consistency(files, where) : inclusion(id, files, where);
  }

  private ProofDocument inclusion(
      String beginning, List<ProvableFiles.Provable> files, String where) {
    if (!ID.matcher(beginning).matches()) {
      throw new UserException("'%s' is no id: up to 64 hex digits".formatted(beginning));
    }
    for (ProvableFiles.Provable file : files) {
      List<LedgerProver.Found> found =
          ProvableFiles.read(file.path(), () -> file.prover().find(beginning));
      if (found.size() > 1) {
        throw new UserException(
            "%s: %d lines have an id that begins with '%s'; write more of the id"
                .formatted(file.path(), found.size(), beginning));
      }
      if (!found.isEmpty()) {
        return ProvableFiles.read(file.path(), () -> file.prover().inclusion(found.getFirst()));
      }
    }
    throw new UserException("%s has no intact entry '%s'".formatted(where, beginning));
  }

  private ProofDocument consistency(List<ProvableFiles.Provable> files, String where) {
    long first = oldSize == null ? 0 : oldSize;
    if (first < 1) {
      throw new UserException("--consistency: every file begins with no lines; write 1 or more");
    }
    List<ProvableFiles.Provable> meant = new ArrayList<>(files);
    if (ledger == null && container == null) {
      meant.removeIf(file -> !file.path().equals(Container.MAIN));
    }
    if (meant.isEmpty()) {
      throw new UserException(
          "%s has no file %s; name one with --container"
              .formatted(where, container == null ? Container.MAIN : "'" + container + "'"));
    }
    ProvableFiles.Provable file = meant.getFirst();
    return ProvableFiles.read(file.path(), () -> file.prover().consistency(first))
        .orElseThrow(
            () ->
                new UserException(
                    "--consistency: %s has fewer than %d lines".formatted(file.path(), first)));
  }
}
