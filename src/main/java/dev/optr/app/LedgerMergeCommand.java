package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.Disk;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.git.GitRepository;
import dev.optr.ledger.LedgerMerge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code optr ledger merge}: a merge driver of git for ledger files. */
@Command(
    name = "merge",
    mixinStandardHelpOptions = true,
    description = {
      "Merges two versions of a ledger file into %%A: no line is lost, none changed. Exit code 0,"
          + " or 1 with %%A as it was.",
      "",
      "As git's merge driver, two lines of configuration:",
      "  echo 'datalake/ledger.jsonl merge=optr-ledger' >> .gitattributes",
      "  git config merge.optr-ledger.driver 'optr ledger merge %%O %%A %%B'",
      ""
    })
final class LedgerMergeCommand implements Callable<Integer> {
  private static final int CONFLICT = 1;
  private static final Set<String> DEFAULTS = Set.of("main", "master");
  private static final Pattern REMOTE =
      Pattern.compile("^(refs/heads/|refs/remotes/origin/|origin/)");

  private final Host host;

  @Parameters(index = "0", paramLabel = "%O", description = "the common ancestor's version")
  private Path ancestor = Path.of("");

  @Parameters(index = "1", paramLabel = "%A", description = "our version, and the result")
  private Path ours = Path.of("");

  @Parameters(index = "2", paramLabel = "%B", description = "their version")
  private Path theirs = Path.of("");

  @Option(
      names = "--base",
      paramLabel = "SIDE",
      description =
          "ours or theirs: whose branch pull requests are merged into; its file goes first, byte"
              + " for byte; default: ours, but theirs where 'git merge' merges the default branch"
              + " into another")
  private @Nullable String base;

  LedgerMergeCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    LedgerMerge.Version one = version("ours", ours);
    LedgerMerge.Version other = version("theirs", theirs);
    try {
      Bytes merged =
          isTheirsBase()
              ? LedgerMerge.merge(version("the ancestor", ancestor), other, one)
              : LedgerMerge.merge(version("the ancestor", ancestor), one, other);
      if (!merged.equals(one.bytes())) {
        new Disk(host.checkpoint()).write(host.directory().resolve(ours), merged.toArray());
      }
      return ExitCode.OK.code();
    } catch (UserException damaged) {
      damaged.messages().forEach(message -> host.err().println("optr: " + message));
      return CONFLICT;
    }
  }

  private boolean isTheirsBase() {
    if (base == null) {
      return mergesDefaultBranch();
    }
    if (!base.equals("ours") && !base.equals("theirs")) {
      throw new UserException("--base '%s': write ours or theirs".formatted(base));
    }
    return base.equals("theirs");
  }

  /** Git tells a driver nothing, but 'git merge' names in its environment what it merges. */
  private boolean mergesDefaultBranch() {
    boolean merged =
        host.environment().entrySet().stream()
            .filter(variable -> variable.getKey().startsWith("GITHEAD_"))
            .map(variable -> REMOTE.matcher(variable.getValue()).replaceFirst(""))
            .anyMatch(DEFAULTS::contains);
    if (!merged) {
      return false;
    }
    try (GitRepository git = GitRepository.open(host.directory(), host.checkpoint())) {
      return git.currentBranch().filter(DEFAULTS::contains).isEmpty();
    }
  }

  private LedgerMerge.Version version(String name, Path path) {
    Path file = host.directory().resolve(path);
    try {
      return new LedgerMerge.Version(name, Bytes.of(Files.readAllBytes(file)));
    } catch (NoSuchFileException _) {
      throw new UserException(file + ": there is no such file");
    } catch (IOException e) {
      throw ServiceException.lasting("could not read " + file, e);
    }
  }
}
