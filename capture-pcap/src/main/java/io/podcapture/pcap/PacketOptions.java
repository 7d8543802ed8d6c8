package io.podcapture.pcap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The options of a packet's block on their way into a little-endian file. Those that must not be copied into a changed
 * file are left out.
 *
 * <p>Source: draft-ietf-opsawg-pcapng, "Enhanced Packet Block", "Custom Options".
 */
final class PacketOptions {
    private static final int FLAGS = 2;
    private static final int DROPCOUNT = 4;
    private static final int PACKETID = 5;
    private static final int QUEUE = 6;
    /** A drop count and the end of options, which the packet's own may do without. */
    private static final int APPENDED = 4 + Long.BYTES + 4;

    private static final int VERDICT = 7;
    private static final int PROCESSID_THREADID = 8;

    private final OptionReader reader = new OptionReader();
    /** How many were left out so far. */
    long dropped;

    private ByteBuffer options = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);

    /** Takes over the options of a packet; returns how many octets {@link #writeTo} will write. */
    int take(PacketRecord packet) {
        options.clear();
        if (packet.optionsLength == 0 && packet.drops == 0) {
            return 0;
        }
        if (options.capacity() < packet.optionsLength + APPENDED) {
            options = ByteBuffer.allocate(packet.optionsLength + APPENDED).order(ByteOrder.LITTLE_ENDIAN);
        }
        ByteBuffer from = packet.buffer();
        reader.over(from, packet.optionsPosition, packet.optionsPosition + packet.optionsLength);
        while (reader.next()) {
            int code = reader.code();
            if (PcapngCodes.copied(code)) {
                copy(from);
            } else {
                dropped++;
            }
        }
        if (packet.drops > 0) {
            options.putShort((short) DROPCOUNT).putShort((short) Long.BYTES).putLong(packet.drops);
        }
        if (options.position() > 0) {
            options.putInt(0);
        }
        return options.position();
    }

    /** Whether the block of a packet can be copied as it is. */
    boolean allCopied(PacketRecord packet) {
        reader.over(packet.buffer(), packet.optionsPosition, packet.optionsPosition + packet.optionsLength);
        while (reader.next()) {
            if (!PcapngCodes.copied(reader.code())) {
                return false;
            }
        }
        return true;
    }

    void writeTo(CaptureOutput out) throws IOException {
        out.octets(options, 0, options.position());
    }

    private void copy(ByteBuffer from) {
        int length = reader.length();
        int value =
                options.putShort((short) reader.code()).putShort((short) length).position();
        options.put(value, from, reader.value(), length).position(value + length);
        while (options.position() % 4 != 0) {
            options.put((byte) 0);
        }
        if (from.order() == ByteOrder.BIG_ENDIAN) {
            reverseNumbers(reader.code(), value, length);
        }
    }

    private void reverseNumbers(int code, int value, int length) {
        switch (code) {
            case FLAGS, QUEUE, PROCESSID_THREADID -> reverse(value, length, Integer.BYTES);
            case DROPCOUNT, PACKETID -> reverse(value, length, Long.BYTES);
            case PcapngCodes.CUSTOM_TEXT, PcapngCodes.CUSTOM_OCTETS ->
                reverse(value, Math.min(length, Integer.BYTES), Integer.BYTES);
            case VERDICT -> {
                // Kind 0 is a hardware's octet string; 1 and 2 are numbers of the kernel.
                if (length > 0 && (options.get(value) == 1 || options.get(value) == 2)) {
                    reverse(value + 1, length - 1, Long.BYTES);
                }
            }
            default -> {}
        }
    }

    private void reverse(int value, int length, int wordLength) {
        for (int at = value; at + wordLength <= value + length; at += wordLength) {
            if (wordLength == Integer.BYTES) {
                options.putInt(at, Integer.reverseBytes(options.getInt(at)));
            } else {
                options.putLong(at, Long.reverseBytes(options.getLong(at)));
            }
        }
    }
}
