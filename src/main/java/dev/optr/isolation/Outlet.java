package dev.optr.isolation;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The way of one run to the hosts that it may reach; closed where there are none. */
final class Outlet implements AutoCloseable {
  private static final List<String> VARIABLES = List.of("HTTPS_PROXY", "https_proxy");
  private static final String JAVA_OPTIONS = "JAVA_TOOL_OPTIONS";
  private static final long NOTHING = -1;

  private final SystemCalls calls;
  private final @Nullable ConnectProxy proxy;
  private volatile long listener = NOTHING;
  private @Nullable SocketBroker broker;

  private Outlet(SystemCalls calls, @Nullable ConnectProxy proxy) {
    this.calls = calls;
    this.proxy = proxy;
  }

  /**
   * @throws RefusedException where this machine cannot open single hosts
   */
  static Outlet to(List<HostPort> hosts, SystemCalls calls, Mechanisms mechanisms)
      throws IOException {
    if (hosts.isEmpty()) {
      return new Outlet(calls, null);
    }
    if (!mechanisms.broker()) {
      throw new RefusedException("this machine cannot open single hosts to confined code");
    }
    return new Outlet(calls, new ConnectProxy(Set.copyOf(hosts)));
  }

  /** Tells programs where the proxy is; Node.js has to be told to look. */
  void show(Map<String, String> environment) {
    if (proxy == null) {
      return;
    }
    VARIABLES.forEach(name -> environment.put(name, "http://127.0.0.1:" + proxy.port()));
    environment.put("NODE_USE_ENV_PROXY", "1");
    String java = "-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=" + proxy.port();
    environment.merge(JAVA_OPTIONS, java, (given, ours) -> given + " " + ours);
  }

  /** On the thread that is confined. */
  void filter(ThreadRights rights) {
    if (proxy == null) {
      rights.filter(SeccompFilter.withoutNetwork(calls.processor()));
    } else {
      listener = rights.filterAndListen(SeccompFilter.withBroker(calls.processor()));
    }
  }

  /** On a thread that is not confined, after that. */
  void open() {
    if (proxy != null && listener != NOTHING) {
      broker = new SocketBroker(calls, listener, proxy.port());
    }
  }

  @Override
  public void close() {
    if (broker != null) {
      broker.close();
    } else if (listener != NOTHING) {
      calls.call(SystemCall.CLOSE, listener);
    }
    if (proxy != null) {
      proxy.close();
    }
  }
}
