package io.podcapture.pcap;

import java.util.List;
import java.util.Optional;

/**
 * How long the frame check sequence is that follows each packet's data, where a file tells: in the last word of a pcap
 * header, in words of 16 bits; in pcapng as an option of the interface, in bits.
 *
 * <p>Source: draft-ietf-opsawg-pcap, "File Header"; draft-ietf-opsawg-pcapng, "if_fcslen".
 */
final class FrameCheck {
    private static final int PRESENT = 1 << 26;
    private static final int LENGTH_AT = 28;
    private static final int WORD_BITS = 16;

    private FrameCheck() {}

    /** What the last word of a pcap header says, as an option; empty if it says nothing. */
    static Optional<RawOption> option(int lastWord) {
        byte bits = (byte) ((lastWord >>> LENGTH_AT) * WORD_BITS);
        return (lastWord & PRESENT) == 0
                ? Optional.empty()
                : Optional.of(new RawOption(PcapngCodes.IF_FCSLEN, new byte[] {bits}));
    }

    /** What the last word of a pcap header has of it, for all these interfaces; 0 if it cannot say it of all. */
    static int ofHeader(List<InterfaceDescription> interfaces) {
        int common = 0;
        for (int i = 0; i < interfaces.size(); i++) {
            int own = ofHeader(interfaces.get(i));
            if (i > 0 && own != common) {
                return 0;
            }
            common = own;
        }
        return common;
    }

    /** Whether an interface says it. */
    static boolean isToldBy(InterfaceDescription description) {
        return bits(description) >= 0;
    }

    private static int ofHeader(InterfaceDescription description) {
        int bits = bits(description);
        return bits < 0 || bits % WORD_BITS != 0 ? 0 : bits / WORD_BITS << LENGTH_AT | PRESENT;
    }

    private static int bits(InterfaceDescription description) {
        for (RawOption option : description.otherOptions()) {
            if (option.code() == PcapngCodes.IF_FCSLEN && option.value().length == 1) {
                return option.value()[0] & 0xff;
            }
        }
        return -1;
    }
}
