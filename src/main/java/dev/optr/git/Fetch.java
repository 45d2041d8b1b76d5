package dev.optr.git;

import dev.optr.base.Checkpoint;
import dev.optr.base.ConnectionFault;
import dev.optr.base.Network;
import dev.optr.base.OwnedDirectory;
import dev.optr.base.Secret;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.TrackingRefUpdate;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/**
 * Fetches refs and their objects. The token goes to the given origin (scheme, host, port) alone: no
 * connection to any other is made, whatever the server redirects to, and no message carries it. The
 * repository's own config (proxies, extra headers, URL rewriting, certificate checks) is not used.
 */
final class Fetch {
  private static final Set<String> SCHEMES = Set.of("https", "http", "file");
  private static final int TIMEOUT_SECONDS = 120;

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
    return connected(
        plain,
        remote,
        token,
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
    return connected(
        plain, remote, token, transport -> transport.fetch(NullProgressMonitor.INSTANCE, wanted));
  }

  /** What is to be done over a connection. */
  @FunctionalInterface
  private interface Exchange<T> {
    T over(Transport transport) throws NotSupportedException, TransportException;
  }

  private <T> T connected(
      Repository plain, URI remote, Optional<Secret> token, Exchange<T> exchange)
      throws IOException {
    if (!SCHEMES.contains(String.valueOf(remote.getScheme())) || remote.getUserInfo() != null) {
      throw new UserException(
          "cannot fetch from '"
              + remote.getHost()
              + "'; give an https URL without credentials in it");
    }
    try (Transport transport = Transport.open(plain, new URIish(remote.toString()))) {
      transport.setTimeout(TIMEOUT_SECONDS);
      transport.setTagOpt(TagOpt.NO_TAGS);
      transport.setCheckFetchedObjects(true);
      token.ifPresent(
          secret ->
              transport.setCredentialsProvider(
                  new UsernamePasswordCredentialsProvider("x-access-token", secret.reveal())));
      if (transport instanceof TransportHttp http) {
        http.setHttpConnectionFactory(new SameOriginConnections(remote, network));
      }
      return exchange.over(transport);
    } catch (TransportException e) {
      throw fault(remote, e);
    } catch (NotSupportedException | URISyntaxException e) {
      throw ServiceException.lasting("could not fetch from " + remote, e);
    }
  }

  private ServiceException fault(URI remote, TransportException e) {
    String what = "could not fetch from " + remote + ": ";
    if (network.explained(remote, e) instanceof ConnectionFault fault) {
      return fault.worthRetrying()
          ? ServiceException.passing(what + fault.getMessage(), e)
          : ServiceException.lasting(what + fault.getMessage(), e);
    }
    return ServiceException.passing(what + innermost(e), e);
  }

  /** JGit's outer message only says that it could not; the reason is the innermost one. */
  private static String innermost(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
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
