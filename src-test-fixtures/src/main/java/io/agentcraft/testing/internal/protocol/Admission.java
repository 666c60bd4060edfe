package io.agentcraft.testing.internal.protocol;

import io.agentcraft.client.connection.ClientIds;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in. Pure.
 *
 * @param mounts the paths that the endpoint is mounted at, without a slash at the end
 * @param idCheck what becomes of a client id that doesn't have the form
 * @param token the bearer token that every request must bring; null for none
 */
public record Admission(
    Set<String> mounts, IdCheck idCheck, @Nullable String token) {

  /** What becomes of a client id that doesn't have the form. */
  public enum IdCheck {
    FORBID,
    ACCEPT_THEN_CLOSE,
    OFF
  }

  /** What becomes of a handshake. */
  public sealed interface Verdict {

    /** It is let in. */
    record Accept(String clientId) implements Verdict {}

    /** It is let in, only to be told why not. */
    record AcceptThenClose() implements Verdict {}

    /** It is answered with an HTTP status. */
    record Refuse(int status) implements Verdict {}
  }

  public Admission {
    mounts = Set.copyOf(mounts);
  }

  public boolean isAuthorized(@Nullable String authorization) {
    return token == null || ("Bearer " + token).equals(authorization);
  }

  /** Judges a handshake that is authorized. A wrong path and a wrong id look alike, as on uvicorn. */
  public Verdict judge(List<String> pathSegments) {
    int last = pathSegments.size() - 1;
    String clientId = pathSegments.get(last);
    if (!mounts.contains("/" + String.join("/", pathSegments.subList(0, last)))
        || clientId.isEmpty()) {
      return new Verdict.Refuse(403);
    }
    if (idCheck == IdCheck.OFF || ClientIds.isValid(clientId)) {
      return new Verdict.Accept(clientId);
    }
    return idCheck == IdCheck.FORBID ? new Verdict.Refuse(403) : new Verdict.AcceptThenClose();
  }
}
