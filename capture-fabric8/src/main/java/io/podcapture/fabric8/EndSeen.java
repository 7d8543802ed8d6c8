package io.podcapture.fabric8;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Octets of which somebody may read on behind the last: whoever had enough without that had an end within them. */
final class EndSeen extends FilterInputStream {
    private boolean seen;

    EndSeen(InputStream in) {
        super(in);
    }

    /** Tells whether there was an octet less than was asked for. */
    boolean seen() {
        return seen;
    }

    @Override
    public int read() throws IOException {
        int octet = super.read();
        seen |= octet < 0;
        return octet;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = super.read(buffer, offset, length);
        seen |= n < 0;
        return n;
    }
}
