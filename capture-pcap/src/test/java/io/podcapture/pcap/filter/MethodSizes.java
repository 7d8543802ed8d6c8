package io.podcapture.pcap.filter;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads how long the code of each method of a class file is. */
final class MethodSizes {
    private final ByteBuffer file;

    private MethodSizes(byte[] file) {
        this.file = ByteBuffer.wrap(file);
    }

    static List<Integer> of(byte[] file) {
        return new MethodSizes(file).read();
    }

    private List<Integer> read() {
        file.position(8);
        int constants = file.getShort() & 0xffff;
        for (int i = 1; i < constants; i++) {
            int tag = file.get();
            switch (tag) {
                case 1 -> skip(file.getShort() & 0xffff);
                case 7 -> skip(2);
                case 5 -> {
                    skip(8);
                    i++;
                }
                default -> skip(4);
            }
        }
        skip(6);
        skip(2 * file.getShort());
        int fields = file.getShort();
        skip(8 * fields);
        List<Integer> sizes = new ArrayList<>();
        int methods = file.getShort();
        for (int i = 0; i < methods; i++) {
            skip(10);
            int length = file.getInt();
            sizes.add(file.getInt(file.position() + 4));
            skip(length);
        }
        return sizes;
    }

    private void skip(int octets) {
        file.position(file.position() + octets);
    }
}
