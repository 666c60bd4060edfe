package io.agentcraft.client.internal.connection;

/**
 * Where a server may be found.
 *
 * @param base scheme, host, port and path, without a trailing slash: also what errors show
 * @param query the query with its question mark, or empty; may hold secrets, so it is never shown
 */
public record Endpoint(String base, String query) {

  public String urlFor(String clientId) {
    return base + "/" + clientId + query;
  }

  @Override
  public String toString() {
    return base;
  }
}
