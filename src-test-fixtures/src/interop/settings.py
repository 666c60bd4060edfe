"""What the tests may set, by environment variables; the defaults are those of the protocol's document."""

import os

# "documented": the protocol as its document has it. "deployed": as the AgentCraft backend was seen to speak it.
FORM = os.environ.get("AGENTCRAFT_FORM", "documented")
DEPLOYED = FORM == "deployed"

# Where the endpoint is mounted.
PREFIX = "/api/ws" if DEPLOYED else "/ws"

# How long the endpoint waits for a frame before it sends a ping.
RECEIVE_TIMEOUT = float(os.environ.get("AGENTCRAFT_RECEIVE_TIMEOUT", "30.0"))

# Whether agent_status frames of clients are relayed to everyone; the deployed backend ignores them with a warning.
RELAY = os.environ.get("AGENTCRAFT_RELAY", "0" if DEPLOYED else "1") == "1"

# The deployed backend accepts any client id; the document recommends a rule.
CLIENT_ID_PATTERN = os.environ.get("AGENTCRAFT_CLIENT_ID_PATTERN", "" if DEPLOYED else r"^client_\d+_[a-z0-9]+$")

MAX_MESSAGES_PER_MINUTE = 60
