package dev.optr.git;

import dev.optr.base.Checkpoint;
import dev.optr.base.Network;
import dev.optr.base.OwnedDirectory;
import dev.optr.base.Secret;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TrackingRefUpdate;

/**
 * Fetches refs and their objects, over a {@link RemoteConnection}. The repository's own config
 * (proxies, extra headers, URL rewriting, certificate checks) is not used.
 */
final class Fetch {
  private final Repository repository;
  private final Checkpoint checkpoint;
  private final Network network;

  Fetch(Repository repository, Checkpoint checkpoint, Network network) {
    this.repository = repository;
    this.checkpoint = checkpoint;
    this.network = network;
  }

  void fetch(URI remote, Optional<Secret> token, List<String> refSpecs) {
    Path parent = repository.getDirectory().toPath().resolve("optr/tmp");
    OwnedDirectory.sweep(parent);
    try (OwnedDirectory directory = OwnedDirectory.create(parent);
        Repository plain = ObjectsWithoutConfig.open(repository, directory.content())) {
      keep(remote, transfer(plain, remote, token, refSpecs));
    } catch (IOException e) {
      throw ServiceException.passing("could not fetch from " + remote, e);
    }
  }

  /**
   * Fetches the refs that the remote has, in one go.
   *
   * @param destinations by source
   * @return the commit of each, by source; without those that the remote has not
   */
  Map<String, String> fetchPresent(
      URI remote, Optional<Secret> token, Map<String, String> destinations) {
    Path parent = repository.getDirectory().toPath().resolve("optr/tmp");
    OwnedDirectory.sweep(parent);
    try (OwnedDirectory directory = OwnedDirectory.create(parent);
        Repository plain = ObjectsWithoutConfig.open(repository, directory.content())) {
      Map<String, String> present = new TreeMap<>(destinations);
      present.keySet().retainAll(advertised(plain, remote, token, specs(destinations)));
      if (!present.isEmpty()) {
        keep(remote, transfer(plain, remote, token, specs(present)));
      }
      Map<String, String> commits = new TreeMap<>();
      for (Map.Entry<String, String> ref : present.entrySet()) {
        commits.put(ref.getKey(), commit(ref.getValue()));
      }
      return commits;
    } catch (IOException e) {
      throw ServiceException.passing("could not fetch from " + remote, e);
    }
  }

  private String commit(String name) throws IOException {
    Ref ref = repository.exactRef(name);
    ObjectId id = ref == null ? null : ref.getObjectId();
    if (id == null) {
      throw new IOException(name + " was removed by somebody else meanwhile");
    }
    return id.name();
  }

  private static List<String> specs(Map<String, String> destinations) {
    return destinations.entrySet().stream()
        .map(ref -> "+" + ref.getKey() + ":" + ref.getValue())
        .toList();
  }

  /** Names of the remote's refs, at least those of the given sources that it has. */
  private Set<String> advertised(
      Repository plain, URI remote, Optional<Secret> token, List<String> refSpecs)
      throws IOException {
    List<RefSpec> wanted = refSpecs.stream().map(RefSpec::new).toList();
    return connection(remote, token)
        .over(
            plain,
            transport -> {
              try (FetchConnection connection = transport.openFetch(wanted)) {
                return Set.copyOf(connection.getRefsMap().keySet());
              }
            });
  }

  /**
   * Fetches into a view that has no config.
   *
   * @throws UserException where the remote is nothing that may be fetched from
   */
  FetchResult transfer(Repository plain, URI remote, Optional<Secret> token, List<String> refSpecs)
      throws IOException {
    List<RefSpec> wanted = refSpecs.stream().map(RefSpec::new).toList();
    return connection(remote, token)
        .over(plain, transport -> transport.fetch(NullProgressMonitor.INSTANCE, wanted));
  }

  private RemoteConnection connection(URI remote, Optional<Secret> token) {
    return new RemoteConnection("fetch from", network, remote, token);
  }

  /**
   * Fetches objects that no ref of the remote need lead to, and all that they need.
   *
   * @param commits whole ids
   */
  void fetchObjects(URI remote, Optional<Secret> token, List<String> commits) {
    Path parent = repository.getDirectory().toPath().resolve("optr/tmp");
    OwnedDirectory.sweep(parent);
    try (OwnedDirectory directory = OwnedDirectory.create(parent);
        Repository plain = ObjectsWithoutConfig.open(repository, directory.content())) {
      FetchResult _ = transfer(plain, remote, token, commits);
      checkpoint.passed("fetched " + String.join(", ", commits) + " from " + remote);
    } catch (IOException e) {
      throw ServiceException.passing("could not fetch from " + remote, e);
    }
  }

  private void keep(URI remote, FetchResult result) throws IOException {
    for (TrackingRefUpdate update : result.getTrackingRefUpdates()) {
      RefUpdate.Result outcome = update.getResult();
      boolean stored =
          outcome == RefUpdate.Result.NEW
              || outcome == RefUpdate.Result.NO_CHANGE
              || outcome == RefUpdate.Result.FAST_FORWARD
              || outcome == RefUpdate.Result.FORCED;
      if (!stored) {
        throw new IOException(update.getLocalName() + " was not stored: " + outcome);
      }
      String name = update.getLocalName();
      boolean moved =
          new BranchMove(repository, checkpoint)
              .moveRef(
                  name,
                  update.getOldObjectId().name(),
                  update.getNewObjectId().name(),
                  "optr: fetch");
      if (!moved) {
        throw new IOException(name + " was moved by somebody else meanwhile");
      }
      checkpoint.passed("fetched " + name + " from " + remote);
    }
  }
}
