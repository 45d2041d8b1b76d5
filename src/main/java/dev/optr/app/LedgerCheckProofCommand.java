package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.JsonException;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.ledger.ProofCheck;
import dev.optr.ledger.ProofDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code optr ledger check-proof}: checks what {@code prove} made, without repository and network.
 */
@Command(
    name = "check-proof",
    mixinStandardHelpOptions = true,
    description =
        "Checks a proof against roots that you know; needs neither repository nor network.")
final class LedgerCheckProofCommand implements Callable<Integer> {
  private static final Pattern ROOT = Pattern.compile("[0-9a-f]{64}");
  // A line has at most 64 KiB; escaped, and with the hashes, it is still far below this.
  private static final int MOST_BYTES = 1 << 20;

  private final Host host;

  @Option(
      names = "--root",
      paramLabel = "HEX",
      description = "the root that you know: the trailer Optr-Ledger-Root of an anchor you trust")
  private @Nullable String root;

  @Option(
      names = "--old-root",
      paramLabel = "HEX",
      description = "for a proof of consistency: the older root that you know")
  private @Nullable String oldRoot;

  @Option(
      names = "--line",
      paramLabel = "FILE",
      description = "the entry's line, where it shall not be taken from the proof; - is stdin")
  private @Nullable String line;

  @Parameters(paramLabel = "FILE", description = "the proof; - is stdin")
  private String file = "";

  LedgerCheckProofCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    ProofDocument proof = proof();
    return switch (check(proof)) {
      case ProofCheck.Proven(String statement) -> {
        host.out().println("PROVEN: " + statement);
        host.out().println(meaning(proof));
        yield ExitCode.OK.code();
      }
      case ProofCheck.Refuted(String reason) -> {
        host.out().println("REFUTED: " + reason);
        yield ExitCode.TAMPERED.code();
      }
    };
  }

  private ProofCheck check(ProofDocument proof) {
    return switch (proof) {
      case ProofDocument.Inclusion inclusion -> {
        if (oldRoot != null) {
          throw new UserException("--old-root belongs to proofs of consistency; this one is none");
        }
        Optional<Bytes> given = Optional.ofNullable(line).map(this::line);
        // Against its own root first: a proof that does not even hold there is refuted for sure.
        yield inclusion.check(given, inclusion.root()) instanceof ProofCheck.Refuted refuted
            ? refuted
            : inclusion.check(given, known("--root", root, "Optr-Ledger-Root"));
      }
      case ProofDocument.Consistency consistency -> {
        if (line != null) {
          throw new UserException("--line belongs to proofs of inclusion; this one is none");
        }
        yield consistency.check(consistency.oldRoot(), consistency.root())
                instanceof ProofCheck.Refuted refuted
            ? refuted
            : consistency.check(
                known("--old-root", oldRoot, "the older Optr-Ledger-Root"),
                known("--root", root, "the newer Optr-Ledger-Root"));
      }
    };
  }

  private static String meaning(ProofDocument proof) {
    return switch (proof) {
      case ProofDocument.Inclusion _ ->
          "It says nothing about who signed the entry; 'optr verify' does.";
      case ProofDocument.Consistency _ ->
          "So no line below the older root was changed, removed, moved or put between others.";
    };
  }

  private static Bytes known(String option, @Nullable String hex, String trailer) {
    if (hex == null) {
      throw new UserException(
          ("%s: the proof holds for the root that it names itself, which proves nothing; give the"
                  + " root that you know, for example %s of an anchor that you trust: git log -1"
                  + " --format=%%B <anchor>")
              .formatted(option, trailer));
    }
    if (!ROOT.matcher(hex).matches()) {
      throw new UserException("%s: '%s' is not 64 lower-case hex digits".formatted(option, hex));
    }
    return Bytes.of(HexFormat.of().parseHex(hex));
  }

  private ProofDocument proof() {
    try {
      return ProofDocument.read(bytes(file));
    } catch (JsonException e) {
      String problem = String.valueOf(e.getMessage()).replaceAll("[^ -~]+", "?");
      throw new UserException(
          "%s: no proof as 'optr ledger prove' makes it: %.300s".formatted(file, problem));
    }
  }

  private Bytes line(String from) {
    if (from.equals("-") && file.equals("-")) {
      throw new UserException("proof and line cannot both come from stdin");
    }
    byte[] bytes = bytes(from);
    boolean ends = bytes.length > 0 && bytes[bytes.length - 1] == '\n';
    return Bytes.of(ends ? Arrays.copyOf(bytes, bytes.length - 1) : bytes);
  }

  private byte[] bytes(String from) {
    Path path = host.directory().resolve(from);
    if (!from.equals("-") && !Files.isRegularFile(path)) {
      throw new UserException("there is no file " + from);
    }
    try (InputStream in = from.equals("-") ? host.in() : Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new UserException("%s: longer than %d bytes".formatted(from, MOST_BYTES));
      }
      return bytes;
    } catch (IOException e) {
      throw ServiceException.lasting("could not read " + from, e);
    }
  }
}
