package io.podcapture.pcap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * An option of an Interface Description Block on its way into a little-endian file, unread.
 *
 * <p>Source: draft-ietf-opsawg-pcapng, "Interface Description Block Options", "Custom Options".
 */
final class InterfaceOption {
    /** Of a compiled filter: code, two jumps of an octet each, and the operand. */
    private static final int INSTRUCTION = 8;

    private InterfaceOption() {}

    /** Empty if it must not be copied, or if nothing is known of its numbers, which the other byte order would spoil. */
    static Optional<RawOption> carried(OptionReader option, ByteOrder order) {
        int code = option.code();
        if (!PcapngCodes.copied(code)) {
            return Optional.empty();
        }
        byte[] octets = option.octets();
        if (order == ByteOrder.BIG_ENDIAN && !reverse(code, ByteBuffer.wrap(octets))) {
            return Optional.empty();
        }
        return Optional.of(new RawOption(code, octets));
    }

    /** As {@link #carried}, of an option that is none of a description's own. */
    static Optional<RawOption> custom(OptionReader option, ByteOrder order) {
        int code = option.code();
        boolean known = code == PcapngCodes.CUSTOM_TEXT || code == PcapngCodes.CUSTOM_OCTETS;
        return known || order == ByteOrder.LITTLE_ENDIAN ? carried(option, order) : Optional.empty();
    }

    private static boolean reverse(int code, ByteBuffer octets) {
        switch (code) {
            case PcapngCodes.COMMENT,
                    PcapngCodes.IF_IPV4ADDR,
                    PcapngCodes.IF_IPV6ADDR,
                    PcapngCodes.IF_MACADDR,
                    PcapngCodes.IF_EUIADDR,
                    PcapngCodes.IF_FCSLEN,
                    PcapngCodes.IF_IANA_TZNAME -> {}
            case PcapngCodes.IF_SPEED, PcapngCodes.IF_TXSPEED, PcapngCodes.IF_RXSPEED -> {
                if (octets.capacity() >= Long.BYTES) {
                    octets.putLong(0, Long.reverseBytes(octets.getLong(0)));
                }
            }
            case PcapngCodes.IF_TZONE, PcapngCodes.CUSTOM_TEXT, PcapngCodes.CUSTOM_OCTETS -> {
                if (octets.capacity() >= Integer.BYTES) {
                    octets.putInt(0, Integer.reverseBytes(octets.getInt(0)));
                }
            }
            case PcapngCodes.IF_FILTER -> {
                for (int at = 1; at + INSTRUCTION <= octets.capacity(); at += INSTRUCTION) {
                    octets.putShort(at, Short.reverseBytes(octets.getShort(at)));
                    octets.putInt(at + 4, Integer.reverseBytes(octets.getInt(at + 4)));
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }
}
