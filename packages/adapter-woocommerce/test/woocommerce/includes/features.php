<?php
/** What a plugin declares, and payment methods of the checkout block. */

namespace Automattic\WooCommerce\Utilities {
	class FeaturesUtil {
		public static $declared = array();
		public static function declare_compatibility( string $feature_id, string $plugin_file, bool $positive_compatibility = true ): bool {
			self::$declared[ $feature_id ] = $positive_compatibility;
			return true;
		}
	}
}

namespace Automattic\WooCommerce\Blocks\Payments\Integrations {
	abstract class AbstractPaymentMethodType {
		protected $name = '';
		public function get_name() {
			return $this->name;
		}
	}
}

namespace Automattic\WooCommerce\Blocks\Payments {
	class PaymentMethodRegistry {
		private $methods = array();
		public function register( $method ) {
			$this->methods[ $method->get_name() ] = $method;
			return true;
		}
		public function get_registered( $name ) {
			return $this->methods[ $name ] ?? null;
		}
	}
}
