package dev.optr.workflow;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.optr.base.Bytes;
import dev.optr.base.Digest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One configured lane.
 *
 * @param name {@code [a-z0-9][a-z0-9_-]{0,31}}, unique, never {@code head}
 * @param model null = the type's default
 * @param endpoint the vendor SDK's base URL; null = the vendor's own
 * @param credential name of the environment variable that holds the credential; null = the type's
 *     own
 * @param exclude globs this lane is not shown, besides the workflow's
 * @param file type {@code recorded}: the recording, relative to the workflow file
 * @param command type {@code command}: the arguments
 * @param digest SHA-256 of this lane's own configuration, so that a changed lane is asked again
 */
public record AgentSpec(
    String name,
    AgentType type,
    @Nullable String model,
    @Nullable String endpoint,
    @Nullable String credential,
    @Nullable String backend,
    Role role,
    @Nullable String organization,
    @Nullable String project,
    Map<String, String> oidc,
    boolean deleteBranch,
    Duration timeout,
    int turns,
    Workflow.Budget budget,
    List<String> exclude,
    @Nullable String file,
    List<String> command,
    String digest) {

  public AgentSpec {
    oidc = Map.copyOf(oidc);
    exclude = List.copyOf(exclude);
    command = List.copyOf(command);
  }

  /**
   * This lane, where its answer also depends on the bytes of its recording (type {@code recorded}).
   */
  public AgentSpec withRecording(Bytes recording) {
    byte[] both = (digest + recording.sha256()).getBytes(US_ASCII);
    return withDigest(Digest.tagged("optr-recorded-lane@v1", both));
  }

  AgentSpec withDigest(String digest) {
    return new AgentSpec(
        name,
        type,
        model,
        endpoint,
        credential,
        backend,
        role,
        organization,
        project,
        oidc,
        deleteBranch,
        timeout,
        turns,
        budget,
        exclude,
        file,
        command,
        digest);
  }

  public enum Role {
    PROPOSE,
    JUDGE
  }
}
