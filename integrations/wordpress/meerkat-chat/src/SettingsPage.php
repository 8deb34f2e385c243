<?php
/**
 * The settings page.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

defined( 'ABSPATH' ) || exit;

/** Settings > Meerkat Chat. */
final class SettingsPage {

	/** The name of the page. */
	const SLUG = 'meerkat-chat';

	/** Hooks it in. */
	public static function hook(): void {
		add_action( 'admin_menu', array( self::class, 'add' ) );
		add_action( 'admin_init', array( self::class, 'register' ) );
		add_action( 'admin_enqueue_scripts', array( self::class, 'enqueue' ) );
		add_filter( 'plugin_action_links_' . plugin_basename( FILE ), array( self::class, 'link' ) );
	}

	/** Its address. */
	public static function url(): string {
		return admin_url( 'options-general.php?page=' . self::SLUG );
	}

	/** Adds it to the menu. */
	public static function add(): void {
		add_options_page(
			__( 'Meerkat Chat', 'meerkat-chat' ),
			__( 'Meerkat Chat', 'meerkat-chat' ),
			'manage_options',
			self::SLUG,
			array( self::class, 'show' )
		);
	}

	/** Tells WordPress what is set here. */
	public static function register(): void {
		register_setting(
			self::SLUG,
			Options::NAME,
			array(
				'type'              => 'object',
				'sanitize_callback' => array( self::class, 'save' ),
				'default'           => Options::defaults(),
			)
		);
		register_setting(
			self::SLUG,
			ServerApi::OPTION,
			array(
				'type'              => 'string',
				'sanitize_callback' => array( ServerApi::class, 'sanitize_key' ),
			)
		);
		SettingsFields::register();
	}

	/**
	 * What is kept of what was typed. An address that is none is said, and the one before stays.
	 *
	 * @param mixed $input what came.
	 * @return array<string, mixed>
	 */
	public static function save( $input ): array {
		$clean = Options::sanitize( $input );
		if ( '' === $clean['server'] && is_array( $input ) && ! empty( $input['server'] ) ) {
			$clean['server'] = Options::server();
			add_settings_error( Options::NAME, 'server', __( 'This is not the address of a server. It looks like https://chat.example.', 'meerkat-chat' ) );
		}
		return $clean;
	}

	/**
	 * Its script and style.
	 *
	 * @param string $page which page is shown.
	 */
	public static function enqueue( $page ): void {
		if ( 'settings_page_' . self::SLUG !== $page ) {
			return;
		}
		wp_enqueue_style( 'meerkat-chat-settings', plugins_url( 'assets/settings.css', FILE ), array(), VERSION );
		wp_enqueue_script( 'meerkat-chat-settings', plugins_url( 'assets/settings.js', FILE ), array( 'wp-i18n' ), VERSION, true );
		wp_set_script_translations( 'meerkat-chat-settings', 'meerkat-chat', plugin_dir_path( FILE ) . 'languages' );
		wp_enqueue_script( 'meerkat-chat-room-rights', plugins_url( 'assets/room-rights.js', FILE ), array(), VERSION, true );
	}

	/**
	 * A link to it in the list of plugins.
	 *
	 * @param string[] $links those that are there.
	 * @return string[]
	 */
	public static function link( array $links ): array {
		array_unshift( $links, sprintf( '<a href="%s">%s</a>', esc_url( self::url() ), esc_html__( 'Settings', 'meerkat-chat' ) ) );
		return $links;
	}

	/** Writes it. */
	public static function show(): void {
		if ( ! current_user_can( 'manage_options' ) ) {
			return;
		}
		?>
		<div class="wrap meerkat-chat-settings">
			<h1><?php echo esc_html( get_admin_page_title() ); ?></h1>
			<p class="meerkat-chat-lead"><?php esc_html_e( 'Rooms, a box on every page and presence badges, from your own chat server. People who are signed in here chat under their own names.', 'meerkat-chat' ); ?></p>
			<form action="options.php" method="post">
				<?php
				settings_fields( self::SLUG );
				do_settings_sections( self::SLUG );
				submit_button();
				?>
			</form>
			<?php SecretBox::show(); ?>
		</div>
		<?php
	}
}
