package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.JsonObject;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.bundle.Bundle;
import dev.optr.bundle.EvidenceFile;
import dev.optr.bundle.ExpectedJob;
import dev.optr.evidence.JobsTold;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import dev.optr.ledger.Signer;
import dev.optr.ledger.SshPublicKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code optr select}: decides about a bundle by what the jobs that verified it are told to have
 * done.
 */
@Command(
    name = "select",
    mixinStandardHelpOptions = true,
    description =
        "Decides about a bundle by what its jobs did, as a file tells it that you signed; records and commits.")
final class SelectCommand implements Callable<Integer>, JsonCommand {
  private final Host host;

  @Mixin private final InputOptions input = new InputOptions();

  @Mixin private final RunNumber run = new RunNumber();

  @Option(
      names = "--bundle",
      paramLabel = "DIR",
      required = true,
      description = "what 'optr propose' or 'optr gather' wrote")
  private Path directory = Path.of("");

  @Option(
      names = "--digest",
      paramLabel = "HEX",
      required = true,
      description = "what it printed, and never a digest that came with the bundle")
  private String digest = "";

  @Option(
      names = "--evidence",
      paramLabel = "FILE",
      required = true,
      description = "what the jobs did, as JSON lines; its signature lies beside it in FILE.sig")
  private Path evidence = Path.of("");

  @Option(
      names = "--evidence-signer",
      paramLabel = "KEY",
      description =
          "the public key of whoever signs it, 'ssh-ed25519 AAAA...' or a file with it; default: the ledger's signing key, OPTR_SIGNING_KEY")
  private @Nullable String signer;

  @Mixin private final DecisionOptions decision = new DecisionOptions();

  SelectCommand(Host host) {
    this.host = host;
  }

  @Override
  public Optional<JsonObject> undecided(String outcome, ExitCode exit) {
    return decision.undecided(outcome, exit);
  }

  @Override
  public Integer call() throws InterruptedException {
    LocalRun.Request request = decision.recording(input.request(host), false, host);
    return RunCommand.end(
        host, new LocalRun(host, request, Optional.of(this::open)).run(), decision.json());
  }

  private Course open(GitRepository repository, Prepared prepared, TreeStore trees) {
    ExpectedBundle expected =
        new ExpectedBundle(
            LocalProposal.origin(repository, run.given()),
            run.given(),
            prepared,
            repository,
            trees);
    Bundle bundle = expected.read(host.directory().resolve(directory), digest);
    return new BundledCourse(prepared, trees, bundle, told(bundle));
  }

  private JobsTold told(Bundle bundle) {
    Path file = host.directory().resolve(evidence);
    return EvidenceFile.read(
        evidence.toString(),
        bytes(file),
        bytes(file.resolveSibling(file.getFileName() + ".sig")).utf8(),
        signerKey(),
        digest,
        ExpectedJob.of(bundle.matrix()));
  }

  private SshPublicKey signerKey() {
    KeyFiles keys = new KeyFiles(host);
    return signer == null
        ? keys.signer(null)
            .map(Signer::publicKey)
            .orElseThrow(
                () ->
                    new UserException(
                        "--evidence-signer: name the public key that signs the evidence; neither it nor OPTR_SIGNING_KEY is there"))
        : keys.publicKey("--evidence-signer", signer);
  }

  /** One byte more than may be read says that there is too much. */
  private static Bytes bytes(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Bytes.of(in.readNBytes(EvidenceFile.LARGEST + 1));
    } catch (NoSuchFileException e) {
      throw new UserException("--evidence: there is no file " + file);
    } catch (IOException e) {
      throw ServiceException.lasting("could not read " + file, e);
    }
  }
}
