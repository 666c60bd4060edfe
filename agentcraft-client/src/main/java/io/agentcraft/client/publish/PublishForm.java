package io.agentcraft.client.publish;

/** How what is published is told. Both forms carry the same agents, tasks and ends; a server's pages show one of them. */
public enum PublishForm {
  /**
   * As the server's own form: the client asks the server for a session that it does not know, once, before the first update.
   * A reply that only the deployed backend gives means {@link #SESSION_EVENTS}. A server that does not reply within 2 s is
   * known by its path: {@code …/api/ws/agent-tracking} means {@link #SESSION_EVENTS}. With {@link PublishTransport#HTTP}
   * nothing is asked, and it is {@link #SESSION_EVENTS}.
   */
  AUTO,
  /**
   * As session events of the deployed backend ({@code session_started}, {@code agent_status_update}, …), which its pages
   * show. They travel over HTTP only: what has to go over the WebSocket is told as {@link #AGENT_STATUS}.
   */
  SESSION_EVENTS,
  /** As the documented {@code agent_status}, one for each agent, with the session in its {@code metadata}. */
  AGENT_STATUS
}
