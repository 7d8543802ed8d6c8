package io.podcapture.fabric8;

import io.fabric8.kubernetes.client.http.WebSocket;
import java.nio.ByteBuffer;

/** Takes all that is sent, and sends nothing. */
abstract class QuietSocket implements WebSocket {
    @Override
    public boolean send(ByteBuffer buffer) {
        return true;
    }

    @Override
    public boolean sendClose(int code, String reason) {
        return true;
    }

    @Override
    public long queueSize() {
        return 0;
    }
}
